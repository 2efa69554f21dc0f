import { failuresWithin, lostWrites, noFailures, slowerWrites, type Experiment } from '@loadstair/experiments';
import { countWrites, crash, replace, set } from '@loadstair/operations';

const LOAD = { share: 0.25 };

export const writeBehind: Experiment = {
  name: 'write-behind',
  stage: 5,
  title: 'Write-behind and what it loses',
  happens:
    'Users comment. At first database and cache store each comment at once (write-through). Then only the cache has it for 4 s (write-behind), and a cache server crashes. The lab looks for every acknowledged write.',
  takesS: { full: 120, quick: 60 },
  profile: 'talks',
  phases: [
    { name: 'write-through', load: LOAD, holdS: { full: 25, quick: 9 }, actions: [set({ set: ['cache.strategy=write-through'] })] },
    {
      name: 'write-behind',
      load: LOAD,
      holdS: { full: 25, quick: 9 },
      actions: [set({ set: ['cache.strategy=write-behind', 'cache.flush=4'] })],
    },
    {
      name: 'one died',
      load: LOAD,
      holdS: { full: 20, quick: 9 },
      // What waits in the other server is written at once, so nothing that is missing afterwards can still come.
      actions: [crash({ tier: 'cache' }), replace({ tier: 'cache' }), set({ set: ['cache.strategy=aside'] })],
    },
    { name: 'counted', load: LOAD, holdS: { full: 10, quick: 6 }, actions: [countWrites({})] },
  ],
  expectations: [
    noFailures({ phases: ['write-through', 'write-behind'] }),
    slowerWrites({ phase: 'write-through', than: 'write-behind' }),
    failuresWithin({ action: 'crash', windowMs: 500, marginMs: 250 }),
    lostWrites({ least: 1, most: null }),
  ],
};
