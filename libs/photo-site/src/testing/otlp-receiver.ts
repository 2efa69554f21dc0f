import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';

/** The parts of an OTLP/HTTP JSON export that tests look at (https://opentelemetry.io/docs/specs/otlp/#otlphttp). */
const EXPORT = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          scope: z.object({ name: z.string() }),
          spans: z.array(
            z.object({ traceId: z.string(), name: z.string(), attributes: z.array(z.object({ key: z.string(), value: z.unknown() })) }),
          ),
        }),
      ),
    }),
  ),
});

export interface ReceivedSpan {
  readonly traceId: string;
  readonly name: string;
  /** Instrumentation that made it. */
  readonly scope: string;
  readonly attributes: readonly string[];
}

export interface StartedOtlpReceiver {
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  stop(): Promise<void>;
}

/** Collects what a service exports. */
export async function startOtlpReceiver(address = '127.99.0.3'): Promise<StartedOtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const exported = EXPORT.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      for (const { scope, spans: made } of exported.resourceSpans.flatMap((resource) => resource.scopeSpans)) {
        for (const { traceId, name, attributes } of made)
          spans.push({ traceId, name, scope: scope.name, attributes: attributes.map(({ key }) => key) });
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(4318, address);
  await once(server, 'listening');
  return {
    endpoint: `http://${address}:4318/v1/traces`,
    spans,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
