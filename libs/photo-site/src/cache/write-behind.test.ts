import { expect, it } from '@jest/globals';
import type { Caches } from '@loadstair/site-plan';
import { PLAIN_CACHES } from '../testing/plain-caches.ts';
import { packEntry, unpackEntry } from './entry.ts';
import type { Answer, CacheServers } from './servers.ts';
import { writeBehind, type WriteBehind } from './write-behind.ts';

const PLAN: Caches = { ...PLAIN_CACHES, strategy: 'write-behind', flushMs: 0 };
type Enqueued = Parameters<CacheServers['enqueue']>;

const entryOf = (value: unknown): Buffer => Buffer.from(packEntry({ endsAtMs: 5_000, loadMs: 2, value: JSON.stringify(value) }));
const there = (value: Buffer): Answer => ({ kind: 'there', host: 'cache-1', value });
const ABSENT: Answer = { kind: 'absent', host: 'cache-1' };

/** A server that says these, one after the other, and the last for ever. */
function scripted(
  found: readonly Answer[],
  taken: readonly Awaited<ReturnType<CacheServers['enqueue']>>[],
): { readonly behind: WriteBehind; readonly asked: readonly Enqueued[] } {
  const asked: Enqueued[] = [];
  const at = <Item>(items: readonly Item[]): Item => items[Math.min(asked.length, items.length - 1)] as Item;
  const behind = writeBehind(
    {
      get: async () => at(found),
      async enqueue(...entry) {
        const says = at(taken);
        asked.push(entry);
        return says;
      },
      queues: () => [],
    },
    PLAN,
    async () => {},
    () => {},
    () => 0,
  );
  return { behind, asked };
}
const put = (behind: WriteBehind): Promise<boolean> =>
  behind.put(
    'list',
    'c',
    async () => ['loaded'],
    (old) => ['c', ...old],
  );
const valueIn = ([, , entry]: Enqueued): unknown => JSON.parse(unpackEntry(Buffer.from(entry))?.value.toString() ?? 'null');

it('amends the entry that stands there, which keeps its end', async () => {
  const stands = entryOf(['a']);
  const { behind, asked } = scripted([there(stands)], ['queued']);
  expect(await put(behind)).toBe(true);
  const first = asked[0] as Enqueued;
  expect([valueIn(first), unpackEntry(Buffer.from(first[2]))?.endsAtMs]).toEqual([['c', 'a'], 5_000]);
  expect([first[1], first[3]]).toEqual([stands, 'kept']);
  expect(first[4]).toMatch(/^\d+ c$/);
  await behind.close();
});

it.each([
  ['nothing', ABSENT, null],
  ['a placeholder', there(Buffer.from('-')), Buffer.from('-')],
])('loads the value where %s stands, and gives the entry a life of its own', async (_what, answer, before) => {
  const { behind, asked } = scripted([answer], ['queued']);
  expect(await put(behind)).toBe(true);
  const first = asked[0] as Enqueued;
  expect([valueIn(first), first[1], first[3]]).toEqual([['c', 'loaded'], before, 1_000]);
  await behind.close();
});

it('amends what another write has put there meanwhile', async () => {
  const { behind, asked } = scripted([there(entryOf(['a'])), there(entryOf(['b', 'a']))], ['changed', 'queued']);
  expect(await put(behind)).toBe(true);
  expect(asked.map(valueIn)).toEqual([
    ['c', 'a'],
    ['c', 'b', 'a'],
  ]);
  await behind.close();
});

it.each<[string, Answer, Awaited<ReturnType<CacheServers['enqueue']>>]>([
  ['no server is in service', { kind: 'nobody' }, 'queued'],
  ['a server does not answer', { kind: 'failed', host: 'cache-1' }, 'queued'],
  ['a server may have it or not', ABSENT, 'unknown'],
  ['others are always faster', ABSENT, 'changed'],
])('leaves a write to the database where %s', async (_when, answer, taken) => {
  const { behind } = scripted([answer], [taken]);
  expect(await put(behind)).toBe(false);
  await behind.close();
});

it('is active only where the cache is read through, with its strategy', async () => {
  const { behind } = scripted([ABSENT], ['queued']);
  const seen = [PLAN, { ...PLAN, through: false }, { ...PLAN, strategy: 'write-through' } as const].map((plan) => {
    behind.follow(plan);
    return behind.active;
  });
  expect(seen).toEqual([true, false, false]);
  await behind.close();
});
