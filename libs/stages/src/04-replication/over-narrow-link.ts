import { failuresWithin, noFailures, writesResume, type Expectation, type Experiment } from '@loadstair/experiments';
import { countWrites, failover, guarantee, predictLosses, recover, set, type Action } from '@loadstair/operations';
import { SITE_LIMITS } from '@loadstair/photo-site/limits';

/** KiB/s of the log that reach each replica: a fraction of what these writes make of it, so that the lag grows by most of a second a second. */
const NARROW_KIB = 32;
/** KiB/s of a way that is as good as none; it is there before there is load, because a replica that connects anew is sent 16 MB again. */
const WIDE_KIB = 1_048_576;
const bandwidth = (kibPerS: number): Action => set({ set: [`db-replica.bandwidth=${kibPerS}`] });
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

/** A primary that is gone for good while the way to its replicas is narrow; what was lost is predicted, counted, and recovered. */
export function overNarrowLink({ name, title, happens, dies, sync, expectations }: Death): Experiment {
  const phase = { load: LOAD, journeys: JOURNEYS };
  return {
    name,
    stage: 4,
    title,
    happens,
    takesS: { full: 150, quick: 60 },
    profile: 'writes',
    first: [bandwidth(WIDE_KIB)],
    phases: [
      { ...phase, name: 'wide', holdS: { full: 15, quick: 4 } },
      {
        ...phase,
        name: 'narrow',
        holdS: { full: 20, quick: 9 },
        actions: [...(sync === 0 ? [] : [guarantee({ sync })]), bandwidth(NARROW_KIB)],
      },
      { ...phase, name: 'promoted', holdS: { full: 40, quick: 12 }, actions: [predictLosses({}), dies, failover({})] },
      {
        ...phase,
        name: 'recovered',
        holdS: { full: 30, quick: 7 },
        actions: [bandwidth(WIDE_KIB), countWrites({}), recover({}), countWrites({})],
      },
    ],
    expectations: [
      noFailures({ phases: ['wide'] }),
      writesResume({ after: dies.name, withinMs: NO_PRIMARY_MS }),
      ...(sync > 0 ? [] : [failuresWithin({ action: dies.name, windowMs: NO_PRIMARY_MS, marginMs: MARGIN_MS })]),
      noFailures({ phases: ['recovered'] }),
      // The bill of losses is long.
      ...expectations,
    ],
  };
}
