import { dashboardsOf, type DashboardJson } from '@loadstair/dashboards';
import { BadRun, type KeptSeries, type RunStore } from '@loadstair/runs';
import type { DashboardAnswer } from '@loadstair/lab-api';
import { keepSeries } from '../keep-series.ts';
import type { GoingRun } from '../lab.ts';
import { LabProblem } from '../problem.ts';
import { unknownAs404 } from './run-reading.ts';

/** However many look at a dashboard, its queries are asked no more often. */
const ASKED_EVERY_MS = 2000;

/**
 * Dashboards of runs with what their queries answered: kept with a run that has ended, asked of Prometheus for the one that goes on.
 * The reading throws LabProblem (404) when there is no such run or dashboard, and BadRun when what was kept is damaged.
 */
export function dashboardReading(store: RunStore, goingRun: () => GoingRun | null): (run: string, uid: string) => Promise<DashboardAnswer> {
  const asked = new Map<string, { readonly atMs: number; readonly series: Promise<KeptSeries> }>();

  const live = ({ run, prometheus }: GoingRun, dashboard: DashboardJson): Promise<KeptSeries> => {
    const now = Date.now();
    const beganMs = loadBeganMs(store, run);
    if (prometheus === null || beganMs === null) return Promise.resolve(keptAlready(store, run) ?? nothingYet(now));
    const key = `${run} ${dashboard.uid}`;
    const known = asked.get(key);
    if (known !== undefined && now - known.atMs < ASKED_EVERY_MS) return known.series;
    const series = keepSeries(prometheus, [dashboard], beganMs, now);
    // What was asked before is asked again, or of a run that has ended: labd may live for a whole day of workshops.
    for (const [other, { atMs }] of asked) if (now - atMs >= ASKED_EVERY_MS) asked.delete(other);
    asked.set(key, { atMs: now, series });
    return series;
  };

  return async (run, uid) => {
    const { stage } = unknownAs404(() => store.manifest(run));
    const dashboards = dashboardsOf(stage);
    const dashboard = dashboards.find((one) => one.uid === uid);
    if (dashboard === undefined) throw unknownDashboard(uid, dashboards);
    const going = goingRun();
    const isGoing = going?.run === run;
    const { panels, exemplars, ...rest } = isGoing ? await live(going, dashboard) : store.series(run);
    return {
      dashboards: dashboards.map(({ uid: one, title }) => ({ uid: one, title })),
      dashboard,
      data: { ...rest, panels: panels[uid] ?? {}, exemplars: exemplars[uid] ?? {} },
      going: isGoing,
    };
  };
}

/** Before the first step there is only warm-up, which no dashboard shows. */
function loadBeganMs(store: RunStore, run: string): number | null {
  return store.events(run).find((event) => event.type === 'step-started')?.atMs ?? null;
}

/** In its last moments a run has no Prometheus any more, but what it showed is kept. */
function keptAlready(store: RunStore, run: string): KeptSeries | null {
  try {
    return store.series(run);
  } catch (error) {
    if (error instanceof BadRun) return null;
    throw error;
  }
}

function nothingYet(now: number): KeptSeries {
  return { startMs: now, endMs: now, stepS: 1, panels: {}, annotations: {}, exemplars: {} };
}

function unknownDashboard(uid: string, known: readonly DashboardJson[]): LabProblem {
  return new LabProblem(404, {
    what: `Unknown dashboard ${uid}.`,
    why: `the dashboards of this run are ${known.map((one) => one.uid).join(', ')}`,
    do: 'choose one of them',
    code: 'E_UNKNOWN_DASHBOARD',
    exit: 2,
  });
}
