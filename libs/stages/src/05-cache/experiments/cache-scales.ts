import { CACHE_HITS, cacheShares, DATABASE_CPU, databaseLoad, moreHits, type Experiment, type Phase } from '@loadstair/experiments';
import { scale, set } from '@loadstair/operations';

/**
 * Memory for a part of the sixty feeds that are read. One server had 22 % of what it was asked for, two had 46 %, three 74 % (measured once, on a
 * busy machine): hits grow with the memory of the tier.
 */
const LITTLE = 'cache.maxmemory=0.2';
/** Each of the few feeds as often as the others: a server that has just come has its part of them within seconds. */
const journeys = { famous: 1 };
/** A server that has just come is empty, and asked for what it will have. */
const FILLS_MS = 3_000;

const servers = (name: string, count: number): Phase => ({
  name,
  load: { share: 0.25 },
  journeys,
  holdS: { full: 30, quick: 11 },
  actions: [scale({ tier: 'cache', count })],
  effectMs: FILLS_MS,
});

/** Only the cache tier changes: the same web servers and databases, the same load. */
export const cacheScales: Experiment = {
  name: 'cache-scales',
  stage: 5,
  title: 'One, two, three cache servers',
  happens:
    'Each cache server has memory for part of the entries that users ask for. The cache tier grows from one server to three while users read. The hit ratio grows with the memory, and keys spread over the servers.',
  takesS: { full: 140, quick: 58 },
  profile: 'famous',
  first: [set({ set: [LITTLE, 'cache.overprovision=0'] })],
  phases: [servers('one', 1), servers('two', 2), servers('three', 3)],
  expectations: [
    cacheShares({ phase: 'one', servers: 1, leastOfEven: 1 }),
    cacheShares({ phase: 'two', servers: 2, leastOfEven: 0.5 }),
    cacheShares({ phase: 'three', servers: 3, leastOfEven: 0.5 }),
    moreHits({ phase: 'two', than: 'one' }),
    moreHits({ phase: 'three', than: 'one' }),
    databaseLoad({ phase: 'three', than: 'one', least: 0, most: 0.7 }),
  ],
  curve: { over: 'number of cache servers', unit: '', at: { one: 1, two: 2, three: 3 }, lines: [CACHE_HITS, DATABASE_CPU] },
};
