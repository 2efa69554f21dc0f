import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { retry } from './testing/retry.ts';
import { startSeededSite, type SeededSite } from './testing/seeded-site.ts';

let seeded: SeededSite;
beforeAll(async () => {
  seeded = await startSeededSite({}, '127.99.0.7');
}, 120_000);
afterAll(() => seeded?.stop(), 60_000);

it('a log line of each request that failed or was given up, with the id it came with', async () => {
  const parent = (digit: string): Record<string, string> => ({ traceparent: `00-${digit.repeat(32)}-${'b'.repeat(16)}-00` });
  const logged = (digit: string): Promise<Record<string, unknown>[]> =>
    retry(5_000, async () => {
      const found = seeded.site.lines.filter((line) => line.includes(`"trace_id":"${digit.repeat(32)}"`));
      if (found.length === 0) throw new Error('nothing was logged of it');
      return found.map((line) => JSON.parse(line) as Record<string, unknown>);
    });
  expect((await seeded.send('GET', '/users/0?tab=1', undefined, parent('7'))).status).toBe(400);
  expect(await logged('7')).toMatchObject([{ level: 40, host: 'web-1', method: 'GET', path: '/users/0', status: 400 }]);

  const headers = { ...parent('8'), 'content-type': 'application/json', 'content-length': '100' };
  const givenUp = request(`${seeded.site.url}/api/sessions`, { method: 'POST', headers, agent: false });
  givenUp.on('error', () => {
    // It is given up.
  });
  givenUp.write('{', () => givenUp.destroy());
  const words = 'the connection was closed before the answer was sent';
  expect(await logged('8')).toContainEqual(expect.objectContaining({ level: 40, msg: words, path: '/api/sessions' }));
});
