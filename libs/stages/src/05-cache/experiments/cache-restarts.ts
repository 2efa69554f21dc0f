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
    databaseLoad({ phase: 'started again', than: 'warm', least: 0, most: 1.5 }),
  ],
};
