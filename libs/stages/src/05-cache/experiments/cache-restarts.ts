import { databaseSpike, failuresWithin, fewerHitsAtOnce, lostWrites, noFailures, type Experiment } from '@loadstair/experiments';
import { countWrites, crash, replace } from '@loadstair/operations';

const LOAD = { share: 0.4 };
/** A write takes its entries out, so that fewer of them leave more to lose. */
const journeys = { again: 0.9, talk: 0.1 };

export const cacheRestarts: Experiment = {
  name: 'cache-restarts',
  stage: 5,
  title: 'A cache server restarts empty',
  happens: 'Users read and write. One of two cache servers crashes, restarts empty and fills again. No acknowledged write is lost.',
  takesS: { full: 115, quick: 50 },
  profile: 'talks',
  phases: [
    { name: 'warm', load: LOAD, journeys, holdS: { full: 25, quick: 8 } },
    {
      name: 'started again',
      load: LOAD,
      journeys,
      holdS: { full: 20, quick: 10 },
      actions: [crash({ tier: 'cache' }), replace({ tier: 'cache' })],
    },
    { name: 'filled again', load: LOAD, journeys, holdS: { full: 20, quick: 10 }, actions: [countWrites({})] },
  ],
  expectations: [
    noFailures({ phases: ['warm'] }),
    failuresWithin({ action: 'crash', windowMs: 500, marginMs: 250 }),
    fewerHitsAtOnce({ phase: 'started again', than: 'warm' }),
    databaseSpike({ phase: 'started again', than: 'warm', least: 1.2 }),
    fewerHitsAtOnce({ phase: 'started again', than: 'filled again' }),
    lostWrites({ most: 0 }),
  ],
};
