import { failuresWithin, noFailures, writesResume, type Expectation, type Experiment } from '@loadstair/experiments';
import { countWrites, failover, guarantee, predictLosses, recover, set, type Action } from '@loadstair/operations';
import { SITE_LIMITS } from '@loadstair/photo-site/limits';

/** How long the log is on its way to each replica: so long that what is written meanwhile is far more than chance makes of it. */
export const TRANSIT_MS = 3_000;
const link = (transitMs: number): Action => set({ set: [`db-replica.transit=${transitMs}`] });
/** A way of its own that is as good as none, before there is load: a replica that connects anew is sent up to 16 MB of the log again. */
const OWN_WAY = set({ set: ['db-replica.bandwidth=1048576'] });
/** Nobody waits longer for the silent primary; promoting another and telling everybody takes less, with the budgets on. */
const NO_PRIMARY_MS = SITE_LIMITS.queryMs;
const MARGIN_MS = 1_000;
/** arrivals/s: far below what the site holds, so that what is lost depends on the way alone. Eight of ten write a comment or an order. */
const LOAD = { rate: 15 };
const JOURNEYS = { engage: 0.5, buy: 0.3, mobile: 0.2 };

interface Death {
  readonly name: string;
  readonly title: string;
  readonly happens: string;
  readonly dies: Action;
  /** Replicas that a commit waits for. */
  readonly sync: number;
  readonly expectations: readonly Expectation[];
}

/** A primary that is gone while the link to its replicas is slow; what was lost is predicted, counted, and recovered where it can be. */
export function overSlowLink({ name, title, happens, dies, sync, expectations }: Death): Experiment {
  const phase = { load: LOAD, journeys: JOURNEYS };
  return {
    name,
    stage: 4,
    title,
    happens,
    takesS: { full: 150, quick: 60 },
    profile: 'writes',
    first: [OWN_WAY],
    phases: [
      { ...phase, name: 'fast', holdS: { full: 15, quick: 4 } },
      {
        ...phase,
        name: 'slow',
        holdS: { full: 20, quick: 9 },
        actions: [link(TRANSIT_MS), ...(sync === 0 ? [] : [guarantee({ sync })])],
      },
      // What is lost is settled by then; who follows the new primary need not wait for the old link.
      { ...phase, name: 'promoted', holdS: { full: 40, quick: 12 }, actions: [predictLosses({}), dies, link(0), failover({})] },
      {
        ...phase,
        name: 'recovered',
        holdS: { full: 30, quick: 7 },
        actions: [countWrites({}), recover({}), countWrites({})],
      },
    ],
    expectations: [
      noFailures({ phases: ['fast'] }),
      writesResume({ after: dies.name, withinMs: NO_PRIMARY_MS }),
      ...(sync > 0 ? [] : [failuresWithin({ action: dies.name, windowMs: NO_PRIMARY_MS, marginMs: MARGIN_MS })]),
      noFailures({ phases: ['recovered'] }),
      // The bill of losses is long.
      ...expectations,
    ],
  };
}
