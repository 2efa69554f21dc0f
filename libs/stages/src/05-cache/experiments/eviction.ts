import { moreHits, noFailures, type Experiment } from '@loadstair/experiments';
import { clear, set, type Action } from '@loadstair/operations';

const LOAD = { share: 0.3 };
const policy = (name: string): readonly Action[] => [
  set({ set: [`cache.policy=${name}`, 'cache.maxmemory=0.3', 'cache.overprovision=0'] }),
  clear({ tier: 'cache' }),
];

/**
 * Redis has no FIFO. With entries of one time to live and no jitter, `volatile-ttl` takes the one that ends first, which is the one that
 * came first: FIFO in all but name.
 */
export const eviction: Experiment = {
  name: 'eviction',
  stage: 5,
  title: 'Which entry goes when memory is full',
  happens: 'Some users are looked at far more than others, and a quarter of them fits the cache; three policies choose who goes.',
  takesS: { full: 150, quick: 55 },
  profile: 'famous',
  first: [set({ set: ['cache.jitter=0'] })],
  phases: [
    { name: 'first in, first out', load: LOAD, holdS: { full: 30, quick: 9 }, actions: policy('volatile-ttl') },
    { name: 'least recently used', load: LOAD, holdS: { full: 30, quick: 9 }, actions: policy('allkeys-lru') },
    { name: 'least frequently used', load: LOAD, holdS: { full: 30, quick: 9 }, actions: policy('allkeys-lfu') },
  ],
  expectations: [
    noFailures({ phases: ['first in, first out', 'least recently used', 'least frequently used'] }),
    // Some five hundred lookups a phase tell a share to two points or so.
    moreHits({ phase: 'least frequently used', than: 'first in, first out', slack: 0.04 }),
  ],
};
