import { createRequire, register } from 'node:module';
import { context, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, ParentBasedSampler, AlwaysOffSampler } from '@opentelemetry/sdk-trace-node';
import { expressForSampled, pastInstrumentation, queriesOfSampled } from './unsampled.ts';

/** Each export costs a small host some milliseconds, however few spans it carries. */
const EXPORT_EVERY_MS = 5000;

export interface StartedTracing {
  /** Sends what is left; idempotent. */
  stop(): Promise<void>;
}

/**
 * Traces of the requests whose client asked for it, and of no others: the decision is made once, from the client's
 * `traceparent`, before any instrumentation of the request runs; an unsampled request pays one header look-up.
 * Must be called before the modules it instruments are loaded.
 */
export function startTracing(options: { readonly endpoint: string; readonly host: string; readonly service: string }): StartedTracing {
  // Modules imported as ESM are instrumented through a loader hook; without it http.route and pg spans are missing.
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service, 'host.name': options.host }),
    // Outside a sampled request there is no parent, and so no span: timers and health checks cost nothing.
    sampler: new ParentBasedSampler({ root: new AlwaysOffSampler() }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: options.endpoint }), {
        scheduledDelayMillis: EXPORT_EVERY_MS,
        maxExportBatchSize: 256,
      }),
    ],
  });
  provider.register();
  const letPast = pastInstrumentation();
  registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      // The only requests that go out carry the spans themselves.
      new HttpInstrumentation({ disableOutgoingRequestInstrumentation: true }),
      expressForSampled(),
      queriesOfSampled(),
    ],
  });
  // The server is instrumented when its module is loaded: now, so that unsampled requests can be let past it.
  createRequire(import.meta.url)('node:http');
  letPast();
  let stopped: Promise<void> | null = null;
  return {
    stop() {
      stopped ??= provider.shutdown().catch(() => {
        // The receiver is gone before us when the whole lab stops.
      });
      return stopped;
    },
  };
}

/** Ids of the current sampled span for a log line; empty outside one. */
export function traceFields(): { trace_id?: string; span_id?: string } {
  const span = trace.getSpanContext(context.active());
  return span === undefined || (span.traceFlags & 1) === 0 ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
