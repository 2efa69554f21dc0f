import { slo, throughputChanges, type Experiment, type Phase } from '@loadstair/experiments';
import { resize } from '@loadstair/operations';

/**
 * More than the site holds, so that what is answered is what it can answer: its capacity. Each time it begins without a queue, so that all
 * three meet the same load in the same state.
 */
const BEYOND = { share: 1.4 };
const drain = (name: string): Phase => ({ name, load: { share: 0.1 }, holdS: { full: 15, quick: 6 } });
const HOLD_S = { full: 15, quick: 8 };

/** Equal is what lies within these factors: the bounds in use for equivalence. */
const EQUAL = { least: 0.8, most: 1.25 };

export const wrongTier: Experiment = {
  name: 'wrong-tier',
  stage: 2,
  title: 'The wrong tier, twice as big',
  happens:
    'Users open more pages than the site holds. Then the database, which does not limit, gets a host of twice the size; then it is the web server that gets one.',
  takesS: { full: 110, quick: 58 },
  profile: 'pages',
  phases: [
    { name: 'as it is', load: BEYOND, holdS: HOLD_S },
    drain('drained'),
    { name: 'database doubled', load: BEYOND, holdS: HOLD_S, actions: [resize({ tier: 'db', times: 2 })] },
    drain('drained again'),
    {
      name: 'web server doubled',
      load: BEYOND,
      holdS: HOLD_S,
      actions: [resize({ tier: 'db', times: 0.5 }), resize({ tier: 'web', times: 2 })],
    },
  ],
  expectations: [
    slo({ phase: 'as it is', met: false }),
    throughputChanges({ phase: 'database doubled', than: 'as it is', ...EQUAL }),
    slo({ phase: 'database doubled', met: false }),
    throughputChanges({ phase: 'web server doubled', than: 'as it is', least: 1, most: null }),
    slo({ phase: 'web server doubled', met: true }),
  ],
};
