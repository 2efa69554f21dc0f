import { failuresWithin, lostWrites, noFailures, restoredWrites, writesResume, type Experiment } from '@loadstair/experiments';
import { countWrites, failover, kill, recover } from '@loadstair/operations';

/** To end what is left of the old one, promote, and tell everybody; the budgets of the hosts hold meanwhile. */
const NO_PRIMARY_MS = 5_000;
const MARGIN_MS = 1_000;

/** Failover is a runbook here, begun at once: how long people need to notice is not in these numbers. */
export const primaryDies: Experiment = {
  name: 'primary-dies',
  stage: 4,
  title: 'The primary dies under writes',
  happens:
    'The primary loses power and the most advanced replica is promoted; what had been promised is counted, and what is missing restored from the old primary’s data.',
  takesS: { full: 150, quick: 50 },
  profile: 'writes',
  phases: [
    { name: 'writes', load: { share: 0.3 }, holdS: { full: 20, quick: 4 } },
    {
      name: 'promoted',
      load: { share: 0.3 },
      holdS: { full: 40, quick: 10 },
      actions: [kill({ tier: 'db' }), failover({})],
    },
    {
      name: 'restored',
      load: { share: 0.3 },
      holdS: { full: 30, quick: 6 },
      actions: [countWrites({}), recover({}), countWrites({})],
    },
  ],
  expectations: [
    noFailures({ phases: ['writes'] }),
    writesResume({ withinMs: NO_PRIMARY_MS }),
    failuresWithin({ action: 'kill', windowMs: NO_PRIMARY_MS, marginMs: MARGIN_MS }),
    lostWrites({ most: null }),
    restoredWrites({}),
    noFailures({ phases: ['restored'] }),
  ],
};
