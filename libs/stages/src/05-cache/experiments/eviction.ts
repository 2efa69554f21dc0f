import { moreHits, noFailures, type Experiment } from '@loadstair/experiments';
import { clear, set, type Action } from '@loadstair/operations';

const LOAD = { rate: 60 };
/** Room for some eighty feeds on two hosts: all that are read again, and a few that are not. Half as much memory has room for hardly any. */
const policy = (name: string): readonly Action[] => [
  set({ set: [`cache.policy=${name}`, 'cache.maxmemory=0.3', 'cache.overprovision=0'] }),
  clear({ tier: 'cache' }),
];

/**
 * Redis has no FIFO. With entries of one time to live and no jitter, `volatile-ttl` takes the one that ends first, which is the one that
 * came first: FIFO in all but name.
 *
 * A simulated trace of these very reads (60 feeds evenly, as many reads of any of 20,000, room for 80, a sample of 10, 60/s for 14 s) has
 * 23 ± 2 % of hits with FIFO, 28 ± 2 % with LRU and 41 ± 2 % with LFU; really measured were 18, 20 and 28 %,
 * because entries differ in size and memory is less exact than a count. What is read once pushes out what is read again, unless it is counted
 * how often. LRU and FIFO lie too near to each other to be told apart in a quick run. Below some 20 reads/s none of the three tells itself
 * apart, because the cache is hardly full: so the load is a rate, and no share of what the site holds.
 */
export const eviction: Experiment = {
  name: 'eviction',
  stage: 5,
  title: 'Which entry a full cache evicts',
  happens:
    'Half of the reads ask for a few feeds that fit into the cache. The other half ask for feeds that are read only once. Three eviction policies are compared.',
  takesS: { full: 150, quick: 75 },
  profile: 'famous',
  first: [set({ set: ['cache.jitter=0'] })],
  phases: [
    { name: 'first in, first out', load: LOAD, holdS: { full: 30, quick: 16 }, actions: policy('volatile-ttl') },
    { name: 'least recently used', load: LOAD, holdS: { full: 30, quick: 16 }, actions: policy('allkeys-lru') },
    { name: 'least frequently used', load: LOAD, holdS: { full: 30, quick: 16 }, actions: policy('allkeys-lfu') },
  ],
  expectations: [
    noFailures({ phases: ['first in, first out', 'least recently used', 'least frequently used'] }),
    moreHits({ phase: 'least frequently used', than: 'first in, first out' }),
    moreHits({ phase: 'least frequently used', than: 'least recently used' }),
  ],
};
