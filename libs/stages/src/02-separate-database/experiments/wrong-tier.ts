import { siteCapacity, type Experiment } from '@loadstair/experiments';
import { resize } from '@loadstair/operations';

const LOAD = { share: 0.75 };
const HOLD_S = { full: 25, quick: 10 };

/** Equal is what lies within these factors: the bounds in use for equivalence. */
const EQUAL = { least: 0.8, most: 1.25 };

/** The same load all the time, and only the size of one host differs: what fills the site first is projected from each. */
export const wrongTier: Experiment = {
  name: 'wrong-tier',
  stage: 2,
  title: 'Doubling the wrong tier',
  happens:
    'Users open pages. First the database, which is not the limit, gets a host of twice the size. Then the web server gets one instead.',
  takesS: { full: 135, quick: 60 },
  profile: 'pages',
  phases: [
    // A web server that was started a moment ago still gets faster under load: what it held first would look like less.
    { name: 'warming', load: LOAD, holdS: { full: 15, quick: 8 } },
    { name: 'as it is', load: LOAD, holdS: HOLD_S },
    { name: 'database doubled', load: LOAD, holdS: HOLD_S, actions: [resize({ tier: 'db', times: 2 })] },
    {
      name: 'web server doubled',
      load: LOAD,
      holdS: HOLD_S,
      actions: [resize({ tier: 'db', times: 0.5 }), resize({ tier: 'web', times: 2 })],
    },
  ],
  expectations: [
    siteCapacity({ phase: 'database doubled', than: 'as it is', ...EQUAL }),
    // Up to what the database lets through then.
    siteCapacity({ phase: 'web server doubled', than: 'as it is', least: 1.2, most: null }),
  ],
};
