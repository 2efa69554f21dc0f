import { Server, type IncomingMessage } from 'node:http';
import { context, trace } from '@opentelemetry/api';
import { isWrapped, type InstrumentationNodeModuleDefinition } from '@opentelemetry/instrumentation';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { isSampled } from './sampling.ts';

type Emit = (this: Server, event: string, ...args: unknown[]) => boolean;

/**
 * Remembers how a server hands on requests before it is instrumented. The function it returns, called afterwards, lets
 * unsampled requests take that way again.
 *
 * The instrumentation's own `ignoreIncomingRequestHook` is not enough: it still binds the request and the response to a
 * context, which wraps the listener methods of each one by one (docs/decisions/unsampled-requests-bypass-instrumentation.md).
 */
export function pastInstrumentation(): () => void {
  const server = Server.prototype as unknown as { emit: Emit };
  const plain = server.emit;
  return () => {
    const instrumented = server.emit;
    if (!isWrapped(instrumented)) throw new Error('node:http was loaded and yet not instrumented: sampled requests would have no trace.');
    server.emit = function (event, ...args) {
      const past = event === 'request' && !isSampled((args[0] as IncomingMessage).headers['traceparent'] as string | undefined);
      return (past ? plain : instrumented).call(this, event, ...args);
    };
  };
}

interface Layer {
  handle: Handle;
}
type Handle = (this: unknown, request: unknown, response: unknown, next: unknown) => unknown;

/**
 * Spans of Express's route handlers, in sampled requests only: outside one every layer runs as if it were not instrumented
 * (the instrumentation composes the route of each layer of each request, traced or not). Middleware and routers get no spans
 * of their own: a dozen a request that say nothing.
 */
export function expressForSampled(): ExpressInstrumentation {
  const instrumentation = new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] });
  // It has no public place to stand in; should a version rename this, the call below fails, and with it a test.
  const inner = instrumentation as unknown as { _applyPatch(layer: Layer, path?: string): void };
  const apply = inner._applyPatch.bind(instrumentation);
  inner._applyPatch = (layer, path) => {
    const plain = layer.handle;
    apply(layer, path);
    const traced = layer.handle;
    if (traced === plain) return;
    const handle: Handle = function (request, response, next) {
      return (trace.getSpan(context.active()) === undefined ? plain : traced).call(this, request, response, next);
    };
    // Routers carry their stack on the function.
    Object.setPrototypeOf(handle, plain);
    layer.handle = handle;
  };
  return instrumentation;
}

/**
 * Spans of queries, in sampled requests only. The pool is left alone: once instrumented it counts every connection taken and
 * given back, for metrics that nobody reads (the site has its own).
 */
export function queriesOfSampled(): PgInstrumentation {
  return new QueryInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true });
}

class QueryInstrumentation extends PgInstrumentation {
  protected override init(): InstrumentationNodeModuleDefinition[] {
    return super.init().filter((module) => module.name !== 'pg-pool');
  }
}
