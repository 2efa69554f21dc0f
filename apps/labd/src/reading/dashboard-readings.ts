import { dashboardsOf } from '@loadstair/dashboards';
import type { DashboardAnswer, DashboardsAnswer } from '@loadstair/lab-api';
import { readSeries, type RunStore } from '@loadstair/runs';
import { LabProblem } from '../problem.ts';
import { unknownAs404 } from './run-reading.ts';

export function dashboardsReading(store: RunStore, id: string): DashboardsAnswer {
  return dashboardsOf(unknownAs404(() => store.manifest(id)).stage).map(({ uid, title }) => ({ uid, title }));
}

/** One dashboard with what was kept for it. Throws LabProblem (404). */
export function dashboardReading(store: RunStore, id: string, uid: string): DashboardAnswer {
  const { stage } = unknownAs404(() => store.manifest(id));
  const all = dashboardsOf(stage);
  const dashboard = all.find((one) => one.uid === uid);
  if (dashboard === undefined)
    throw new LabProblem(404, {
      what: `Unknown dashboard ${uid}.`,
      why: `dashboards of stage ${stage} are ${all.map((one) => one.uid).join(', ')}`,
      do: `open /runs/${id}/dashboards`,
      code: 'E_UNKNOWN_DASHBOARD',
      exit: 2,
    });
  const { panels, ...grid } = readSeries(store.open(id).folder);
  return { dashboard, data: { ...grid, panels: panels[uid] ?? {} } };
}
