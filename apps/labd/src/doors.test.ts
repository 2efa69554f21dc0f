import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Benches, Confirmations, Lab, Readings } from '@loadstair/lab';
import { LOOPBACK } from './config.ts';
import { startServer, type StartedServer } from './server.ts';
import { freePort } from './testing/free-port.ts';

let server: StartedServer;
let port: number;
let siteUrl: string | null = 'http://127.1.100.1:8080';

beforeAll(async () => {
  port = await freePort();
  server = await startServer({
    lab: {
      status: () => ({ instance: 1, run: null, url: siteUrl }),
      seriesAt: async () => ({ why: 'no site is up' }),
    } as unknown as Lab,
    benches: {} as Benches,
    confirmations: {} as Confirmations,
    readings: { runOfTrace: (trace: string) => `run-of-${trace}` } as unknown as Readings,
    consoleFolder: '/nowhere',
    labFolder: '/nowhere',
    port,
    doors: { ...LOOPBACK, queryNames: ['lab'] },
    token: 'secret',
    onShutdown: () => {},
  });
});
afterAll(() => server.stop());

async function ask(path: string, host: string, method = 'GET'): Promise<{ status: number; location: string }> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers: { host } });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return { status: answer.statusCode ?? 0, location: answer.headers.location ?? '' };
}

it.each([
  // Queries reach Prometheus, and there is none.
  ['/prometheus/api/v1/query?query=up', 503],
  ['/prometheus/api/v1/status/config', 404],
  ['/prometheus', 404],
  ['/prometheus/../api/status', 404],
  ['/api/status', 403],
  ['/openapi.json', 403],
  ['/site/', 403],
  ['/', 403],
])('a container that knows labd as lab may query, and nothing else: %s is answered with %s', async (path, status) => {
  expect((await ask(path, 'lab:4600')).status).toBe(status);
});

it('a browser on loopback may do both', async () => {
  expect((await ask('/prometheus/api/v1/query?query=up', `127.0.0.1:${port}`)).status).toBe(503);
  expect((await ask('/api/status', `127.0.0.1:${port}`)).status).toBe(200);
});

it('/site/ leads nowhere while no site is up', async () => {
  siteUrl = null;
  expect((await ask('/site/', `127.0.0.1:${port}`)).status).toBe(503);
  siteUrl = 'http://127.1.100.1:8080';
});

it('/site/ leads to the site that is up, and a trace to the run that has it', async () => {
  expect(await ask('/site/photos/3?a=1', `127.0.0.1:${port}`)).toEqual({ status: 302, location: 'http://127.1.100.1:8080/photos/3?a=1' });
  expect(await ask('/traces/abc', `127.0.0.1:${port}`)).toEqual({ status: 302, location: '/runs/run-of-abc/traces/abc' });
});
