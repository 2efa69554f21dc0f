import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Benches, Confirmations, Lab, Readings } from '@loadstair/lab';
import { LOOPBACK } from './config.ts';
import { startServer, type StartedServer } from './server.ts';
import { freePort } from './testing/free-port.ts';

let server: StartedServer;
let run: string | null = null;
let looked = 0;

beforeEach(async () => {
  [run, looked] = [null, 0];
  const port = await freePort();
  server = await startServer({
    lab: { status: () => ({ instance: 3, run }) } as unknown as Lab,
    benches: {} as Benches,
    confirmations: {} as Confirmations,
    readings: { health: async () => ({ looked: ++looked }) } as unknown as Readings,
    consoleFolder: '/nowhere',
    labFolder: '/nowhere',
    port,
    doors: LOOPBACK,
    token: 'secret',
    onShutdown: () => {},
  });
});
afterEach(() => server.stop());

const health = (key?: string): Promise<Response> =>
  fetch(`${server.url}/api/health`, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } });

it('looks at the machine once for all who ask within half a minute', async () => {
  const answers = await Promise.all([health(), health(), health()]);
  expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([{ looked: 1 }, { looked: 1 }, { looked: 1 }]);
  expect(looked).toBe(1);
});

it.each(['/api/health', '/api/runs/k3f9/export'])('%s waits for the end of a run, but for who has the key', async (path) => {
  run = '52pz';
  const answer = await fetch(server.url + path);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({
    code: 'E_RUNNING',
    title: 'A run is in progress in instance 3.',
    why: expect.stringContaining('52pz'),
  });
  expect(looked).toBe(0);
  expect((await health('secret')).status).toBe(200);
});
