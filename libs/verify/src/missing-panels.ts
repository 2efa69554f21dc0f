import { allBoards, type Absence } from '@loadstair/dashboards/build';
import type { KeptQuery, KeptSeries } from '@loadstair/runs';
import type { Topology } from '@loadstair/topology';

/** Panels that had no data in a run although nothing about its stage explains it, as `uid: title`. */
export function missingPanels(kept: KeptSeries['panels'], topology: Topology): string[] {
  return allBoards()
    .filter(({ dashboard }) => kept[dashboard.uid ?? ''] !== undefined)
    .flatMap(({ dashboard, absences }) =>
      (dashboard.panels ?? [])
        .filter((panel) => 'targets' in panel)
        .filter(({ id = 0 }) => Object.values(kept[dashboard.uid ?? '']?.[id] ?? {}).every(saysNothing))
        .filter(({ id = 0 }) => !explained(absences.get(id), topology))
        .map((panel) => `${dashboard.uid}: ${panel.title}`),
    );
}

/** A series that was there, and never had a value, draws nothing. */
function saysNothing(query: KeptQuery): boolean {
  return query.every(({ values }) => values.every((value) => value === null));
}

function explained(absence: Absence | undefined, topology: Topology): boolean {
  if (absence === undefined) return false;
  const { unless } = absence;
  if (unless === undefined) return true;
  return !topology.tiers.some((tier) => ('tier' in unless ? tier.name === unless.tier : tier.components.includes(unless.component)));
}
