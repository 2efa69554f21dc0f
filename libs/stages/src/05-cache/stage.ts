import { CACHE_DEFAULTS } from '@loadstair/components/declarations';
import { addTier, evolve, link, type Tier } from '@loadstair/topology';
import { topology as replication } from '../04-replication/stage.ts';
import type { Stage } from '../stage.ts';
import { cacheDies } from './experiments/cache-dies.ts';
import { cacheRestarts } from './experiments/cache-restarts.ts';
import { cacheSaves } from './experiments/cache-saves.ts';
import { cacheScales } from './experiments/cache-scales.ts';
import { cacheWithoutHits } from './experiments/cache-without-hits.ts';
import { eviction } from './experiments/eviction.ts';
import { idleExpiry } from './experiments/idle-expiry.ts';
import { missStorm } from './experiments/miss-storm.ts';
import { overProvisioning } from './experiments/over-provisioning.ts';
import { staleHits } from './experiments/stale-hits.ts';
import { timeToLive } from './experiments/time-to-live.ts';
import { writeBehind } from './experiments/write-behind.ts';
import { writeThrough } from './experiments/write-through.ts';
import { broken } from './broken.ts';
import { injections } from './injections.ts';

/** A fifth of a lab CPU answers some thousand questions a second; memory is what a cache is bought for. */
const cacheHosts: Tier = {
  name: 'cache',
  count: 2,
  cpu: 0.5,
  memoryMiB: 128,
  components: ['redis'],
  settings: { redis: CACHE_DEFAULTS },
  public: false,
};

export const topology = evolve(
  replication,
  { stage: 5, slug: 'cache', title: 'Cache tier' },
  addTier(cacheHosts, 'db'),
  link('web', 'cache', 'cache'),
);

export const cache: Stage = {
  topology,
  story: {
    changed: 'Two cache servers stand beside the databases: the site asks them first, and the databases only after a miss.',
    why: 'The same rows are read over and over, and reading them from memory takes a fraction of the work.',
    shows: 'What runs out when most reads no longer reach the database, and what it costs when a cache forgets too early or too late.',
  },
  profile: 'galleries',
  experiments: [
    cacheSaves,
    cacheWithoutHits,
    timeToLive,
    idleExpiry,
    staleHits,
    writeThrough,
    writeBehind,
    cacheScales,
    cacheDies,
    cacheRestarts,
    eviction,
    overProvisioning,
    missStorm,
  ],
  injections,
  broken,
  expected: { tier: 'web', resource: 'cpu' },
};
