import { databaseLoad, failuresWithin, lostWrites, noFailures, type Experiment } from '@loadstair/experiments';
import { countWrites, crash, replace } from '@loadstair/operations';

export const cacheRestarts: Experiment = {
  name: 'cache-restarts',
  stage: 5,
  title: 'A cache starts again, empty',
  happens: 'Users write and read; a cache server crashes and starts again, empty. Every row that was promised is still there.',
  takesS: { full: 110, quick: 45 },
  profile: 'talks',
  phases: [
    { name: 'warm', load: { share: 0.25 }, holdS: { full: 25, quick: 8 } },
    {
      name: 'started again',
      load: { share: 0.25 },
      holdS: { full: 30, quick: 16 },
      actions: [crash({ tier: 'cache' }), replace({ tier: 'cache' }), countWrites({})],
    },
  ],
  expectations: [
    noFailures({ phases: ['warm'] }),
    failuresWithin({ action: 'crash', windowMs: 500, marginMs: 250 }),
    lostWrites({ most: 0 }),
    // One of two servers forgets half of the entries. With a hit ratio h, misses grow by at most (1 − h/2)/(1 − h): ×1.6 with the 55 %
    // that this load has. A quick phase adds what half a second of CPU scatters (×1.60 measured); a full one has refilled.
    databaseLoad({ phase: 'started again', than: 'warm', least: 0, most: 2 }),
  ],
};
