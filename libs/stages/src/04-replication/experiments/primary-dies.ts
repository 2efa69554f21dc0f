import { failuresWithin, lostWrites, noFailures, restoredWrites, writesResume, type Experiment } from '@loadstair/experiments';
import { countWrites, failover, powerLoss, predictLosses, recover } from '@loadstair/operations';
import { SITE_LIMITS } from '@loadstair/photo-site/limits';

/** Nobody waits longer for the silent primary; promoting another and telling everybody takes less, with the budgets on. */
const NO_PRIMARY_MS = SITE_LIMITS.queryMs;
const MARGIN_MS = 1_000;
/**
 * The log is sent before the client has its answer, and loopback takes no time: some 20 writes/s × less than a millisecond. Only where the
 * primary’s CPU quota stops it between the two is the lag as long as the quota’s period of 100 ms, which is worth two writes.
 */
const MOST_LOST = 2;

/** Failover is a runbook here, begun at once: how long people need to notice is not in these numbers. */
export const primaryDies: Experiment = {
  name: 'primary-dies',
  stage: 4,
  title: 'The primary loses power under writes',
  happens:
    'The primary loses power while its replicas have almost no lag. The replica with the newest data is promoted. The lab looks for every acknowledged write, and restores missing ones from the old primary’s disk.',
  takesS: { full: 150, quick: 50 },
  profile: 'writes',
  phases: [
    { name: 'writes', load: { share: 0.3 }, holdS: { full: 20, quick: 4 } },
    {
      name: 'promoted',
      load: { share: 0.3 },
      holdS: { full: 40, quick: 10 },
      actions: [predictLosses({}), powerLoss({ tier: 'db' }), failover({})],
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
    writesResume({ after: 'power-loss', withinMs: NO_PRIMARY_MS }),
    failuresWithin({ action: 'power-loss', windowMs: NO_PRIMARY_MS, marginMs: MARGIN_MS }),
    lostWrites({ most: MOST_LOST }),
    restoredWrites({}),
    noFailures({ phases: ['restored'] }),
  ],
};
