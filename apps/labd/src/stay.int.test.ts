import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '@loadstair/kit/node';
import type { StatusAnswer } from '@loadstair/lab-api';
import { startLabd, type StartedLabd } from './testing/labd-process.ts';

const INSTANCE = 38;
const TIMEOUT_MS = 60_000;
let labd: StartedLabd;

beforeAll(async () => {
  labd = await startLabd(INSTANCE);
}, TIMEOUT_MS);
afterAll(async () => {
  await labd?.stop();
}, TIMEOUT_MS);

const status = async (): Promise<StatusAnswer> => (await (await labd.send('GET', '/api/status')).json()) as StatusAnswer;

it(
  'a labd that was told to stay for a while says when it ends, and ends by itself when nothing is asked of it',
  async () => {
    expect((await status()).endsAtMs).toBeNull();
    const refused = await labd.send('POST', '/api/stay', { idleS: 0 });
    expect(refused.status).toBe(400);
    const told = (await (await labd.send('POST', '/api/stay', { idleS: 600 })).json()) as StatusAnswer;
    expect(told.endsAtMs).toBeGreaterThan(Date.now() + 590_000);

    await labd.send('POST', '/api/stay', { idleS: 2 });
    await labd.send('GET', '/api/runs');
    const endsAtMs = (await status()).endsAtMs ?? 0;
    const gone = async (): Promise<boolean> =>
      labd.send('GET', '/api/status').then(
        () => false,
        () => true,
      );
    await until(gone, { what: 'labd has ended', timeoutMs: 20_000 });
    expect(Date.now()).toBeGreaterThanOrEqual(endsAtMs);
    expect(await labd.stop()).toBe(0);
  },
  TIMEOUT_MS,
);
