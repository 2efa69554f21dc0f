import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leftoversOf } from '@loadstair/verify';
import { eventually } from './testing/eventually.ts';
import { lab, labOk, statusOf } from './testing/lab-command.ts';
import { labMetricsUrl, scrape } from './testing/metrics.ts';
import { failedOf } from './testing/open-loop.ts';
import { psql } from './testing/psql.ts';
import { post, signIn } from './testing/sign-in.ts';
import { underLoad } from './testing/under-load.ts';

const INSTANCE = 30;
const AT = ['--instance', String(INSTANCE)];
const CLIENT = `127.${INSTANCE}.200.5`;
const TIMEOUT_MS = 90_000;
const RATE = 20;

let url: string;
const captionOf = async (photo: number): Promise<string> => {
  const answer = await fetch(`${url}/api/photos/${photo}`);
  return ((await answer.json()) as { caption: string }).caption;
};
const recaption = async (photo: number, caption: string): Promise<void> =>
  void (await psql(INSTANCE, 'db-1', `UPDATE photos SET caption = '${caption}' WHERE id = ${photo}`));
const lookups = async (outcome: string): Promise<number> => {
  const metrics = await scrape(labMetricsUrl(INSTANCE));
  const hosts = (await statusOf(INSTANCE)).hosts.filter(({ tier }) => tier === 'cache').map(({ name }) => name);
  const webs = ['web-1', 'web-2'];
  return hosts
    .flatMap((host) => webs.map((by) => metrics.value('lab_cache_lookups_total', { host, tier: 'cache', by, outcome }) ?? 0))
    .reduce((sum, one) => sum + one, 0);
};

beforeAll(async () => {
  await labOk('up', '5', ...AT);
  url = (await statusOf(INSTANCE)).url as string;
}, TIMEOUT_MS);

afterAll(async () => {
  await lab(['down', ...AT]);
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, TIMEOUT_MS);

describe('stage 5 up', () => {
  it(
    'answers from the cache what was read before, and a cache that starts again has lost that and nothing else',
    async () => {
      const first = await captionOf(7);
      // What is read is kept with the next lookup or a little later; the visitor of the lab hits something once in ten seconds.
      const hits = await lookups('hit');
      await eventually('it is kept', 20_000, async () => {
        expect(await captionOf(7)).toBe(first);
        return (await lookups('hit')) >= hits + 4 ? true : null;
      });
      await recaption(7, 'changed behind the site’s back');
      expect(await captionOf(7)).toBe(first);
      for (const host of ['cache-1', 'cache-2']) {
        await labOk('crash', host, ...AT);
        await labOk('replace', host, ...AT);
      }
      expect(await eventually('the change is seen', 10_000, async () => ((await captionOf(7)) === first ? null : true))).toBe(true);
    },
    TIMEOUT_MS,
  );

  it('takes out of the cache what a write changes, for every web server', async () => {
    const texts = async (): Promise<string[]> =>
      ((await (await fetch(`${url}/api/photos/9/comments`)).json()) as { comments: { text: string }[] }).comments.map(({ text }) => text);
    for (let asked = 0; asked < 6; asked += 1) expect(await texts()).not.toContain('fresh');
    const written = await fetch(`${url}/api/photos/9/comments`, post({ text: 'fresh' }, await signIn(url, 12)));
    expect(written.status).toBe(201);
    // A replica may be a moment behind; nothing older comes back afterwards.
    await eventually('it is there', 3_000, async () => ((await texts()).includes('fresh') ? true : null));
    for (let asked = 0; asked < 6; asked += 1) expect(await texts()).toContain('fresh');
  });

  it(
    'counts what it is asked for and what it keeps',
    async () => {
      const before = await lookups('hit');
      for (let asked = 0; asked < 10; asked += 1) await captionOf(21);
      await eventually('ten more were asked for', 5_000, async () => ((await lookups('hit')) >= before + 9 ? true : null));
      const metrics = await scrape(labMetricsUrl(INSTANCE));
      const host = (await statusOf(INSTANCE)).hosts.find(({ tier, state }) => tier === 'cache' && state === 'up')?.name as string;
      expect(metrics.value('redis_memory_used_bytes', { host, tier: 'cache' })).toBeGreaterThan(500_000);
      expect(metrics.value('redis_memory_max_bytes', { host, tier: 'cache' })).toBeGreaterThan(32 * 2 ** 20);
    },
    TIMEOUT_MS,
  );

  it(
    'answers everything while a cache dies, and while all are dead',
    async () => {
      const sent = await underLoad({ url, client: CLIENT, rate: RATE }, async (goesOn) => {
        const caches = (await statusOf(INSTANCE)).hosts.filter(({ tier, state }) => tier === 'cache' && state === 'up');
        expect(caches).toHaveLength(2);
        for (const { name } of caches) {
          await goesOn();
          await labOk('crash', name, ...AT);
        }
      });
      expect(failedOf(sent)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
