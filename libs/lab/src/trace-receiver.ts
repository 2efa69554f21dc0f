import { createServer } from 'node:http';
import { once } from 'node:events';
import { isExport } from '@loadstair/runs';
import { PORTS } from '@loadstair/topology';

export interface StartedTraceReceiver {
  stop(): Promise<void>;
}

const MAX_BODY_BYTES = 4 * 2 ** 20;

/**
 * Receives OTLP/HTTP in JSON from the services (https://opentelemetry.io/docs/specs/otlp/#otlphttp) and hands each
 * export on as it came. Listens on the lab's own address, which clients cannot reach.
 */
export async function startTraceReceiver(address: string, onTraces: (exported: unknown) => void): Promise<StartedTraceReceiver> {
  const server = createServer((request, response) => {
    const answer = (status: number): void => void response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    if (request.method !== 'POST' || request.url !== '/v1/traces') return answer(404);
    // A page of a browser sends its origin; services send none.
    if (request.headers.origin !== undefined || request.headers.host !== `${address}:${PORTS.otlp}`) return answer(403);
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return void request.destroy();
      chunks.push(chunk);
    });
    request.on('end', () => {
      try {
        const exported: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        if (!isExport(exported)) return answer(400);
        onTraces(exported);
        answer(200);
      } catch {
        answer(400);
      }
    });
  });
  server.listen(PORTS.otlp, address);
  await once(server, 'listening');
  return {
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
