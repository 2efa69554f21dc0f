import { dashboardsOf } from '@loadstair/dashboards';
import { allBoards } from '@loadstair/dashboards/build';
import type { KeptQuery, KeptSeries } from '@loadstair/runs';
import type { Topology } from '@loadstair/topology';

/** Panels that had no data in a run although nothing about its stage explains it, as `uid: title`. */
export function missingPanels(kept: KeptSeries['panels'], topology: Topology): string[] {
  const mayBeEmpty = new Set(allBoards().flatMap(({ dashboard, absences }) => [...absences.keys()].map((id) => `${dashboard.uid} ${id}`)));
  return dashboardsOf(topology.stage).flatMap(({ uid, panels = [] }) => {
    const answers = kept[uid];
    if (answers === undefined) return [];
    return panels
      .filter((panel) => panel.targets !== undefined && !mayBeEmpty.has(`${uid} ${panel.id}`))
      .filter(({ id = 0 }) => Object.values(answers[id] ?? {}).every(saysNothing))
      .map((panel) => `${uid}: ${panel.title}`);
  });
}

/** A series that was there, and never had a value, draws nothing. */
function saysNothing(query: KeptQuery): boolean {
  return query.every(({ values }) => values.every((value) => value === null));
}
