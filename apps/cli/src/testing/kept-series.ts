import { dashboardsOf } from '@loadstair/dashboards';
import { readSeries } from '@loadstair/runs';

/** The highest value that a query of a panel has in the series a run kept; -Infinity where it has none. */
export function highestIn(folder: string): (uid: string, panel: number, refId: string) => number {
  const { panels } = readSeries(folder);
  return (uid, panel, refId) =>
    Math.max(...(panels[uid]?.[panel]?.[refId] ?? []).flatMap(({ values }) => values.map((value) => value ?? 0)));
}

/** Id of a panel by its title, as a stage shows it: ids of rows that repeat are made from the tier. */
export function panelTitled(stage: number, uid: string, title: string): number {
  const board = dashboardsOf(stage).find((one) => one.uid === uid);
  const panels = (board?.panels ?? []) as readonly { readonly id: number; readonly title: string }[];
  const found = panels.find((panel) => panel.title === title);
  if (found === undefined) throw new Error(`Dashboard ${uid} of stage ${stage} has no panel “${title}”.`);
  return found.id;
}
