import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Exported {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}
interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

const SAMPLED = '0af7651916cd43dd8448eb211c80319c';
const UNSAMPLED = '1bf7651916cd43dd8448eb211c80319c';

describe('tracing of the site', () => {
  it('follows a sampled request through Express, and leaves an unsampled one alone', async () => {
    const spans: Span[] = [];
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const exported = JSON.parse(Buffer.concat(chunks).toString()) as Exported;
        spans.push(...exported.resourceSpans.flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans)));
        response.end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const endpoint = `http://127.0.0.1:${(receiver.address() as { port: number }).port}/v1/traces`;
    const child = spawn(
      process.execPath,
      [
        '--conditions=@loadstair/source',
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, 'testing/traced-server.ts'),
        endpoint,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    try {
      const [port] = (await once(child.stdout, 'data')) as [Buffer];
      const ask = (traceId: string, flags: string): Promise<unknown> =>
        fetch(`http://127.0.0.1:${port.toString().trim()}/photos/7`, {
          headers: { traceparent: `00-${traceId}-b7ad6b7169203331-${flags}` },
        }).then((response) => response.json());
      expect(await ask(UNSAMPLED, '00')).toEqual({ id: '7' });
      expect(await ask(SAMPLED, '01')).toEqual({ id: '7' });
      const ended = once(child, 'exit');
      // Ending sends what is left.
      child.stdin.end();
      await ended;
    } finally {
      child.kill('SIGKILL');
      receiver.close();
    }
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([SAMPLED]));
    const server = spans.find((span) => span.kind === 2);
    expect(server?.name).toBe('GET /photos/:id');
    expect(server?.attributes.find((one) => one.key === 'http.route')?.value.stringValue).toBe('/photos/:id');
    // The handler has a span, middleware has none.
    expect(spans.map((span) => span.name).sort()).toEqual(['GET /photos/:id', 'request handler']);
  });
});
