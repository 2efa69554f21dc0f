import { panelId } from './panel-id.ts';
import type { DashboardJson } from './panel-queries.ts';

/** Name of the variable whose values are the tiers that a component takes the requests of. */
export function tierVariable(kind: string): string {
  return `${kind.replaceAll('-', '_')}_tier`;
}

/** Id of a panel of a row that repeats, for one value of its variable. */
export function repeatedId(id: number, value: string): number {
  return panelId(`${id} ${value}`);
}

/**
 * A dashboard with each row that repeats once for every value of its variable, its panels with it, as Grafana shows them. A row
 * without values is left out.
 */
export function repeatRows(dashboard: DashboardJson, values: Readonly<Record<string, readonly string[]>>): DashboardJson {
  const blocks: Panel[][] = [];
  for (const panel of (dashboard.panels ?? []) as readonly Panel[]) {
    const block = blocks.at(-1);
    if (panel.type === 'row' || block === undefined) blocks.push([panel]);
    else block.push(panel);
  }
  let added = 0;
  const panels = blocks.flatMap((block) => {
    const variable = block[0]?.repeat;
    const copies = variable === undefined ? [block] : (values[variable] ?? []).map((value) => copyFor(block, variable, value));
    const height = heightOf(block);
    const placed = copies.flatMap((copy, index) => copy.map((panel) => movedDown(panel, added + index * height)));
    added += (copies.length - 1) * height;
    return placed;
  });
  return { ...dashboard, panels };
}

type Panel = NonNullable<DashboardJson['panels']>[number] & {
  readonly repeat?: string;
  readonly gridPos?: { readonly y: number; readonly h: number };
};

function copyFor(block: readonly Panel[], variable: string, value: string): Panel[] {
  const text = new RegExp(`\\$${variable}\\b`, 'g');
  return block.map((panel) => {
    const { repeat, ...copy } = JSON.parse(JSON.stringify(panel).replaceAll(text, value)) as Panel;
    return { ...copy, ...(repeat === variable ? {} : { repeat }), id: repeatedId(panel.id ?? 0, value) };
  });
}

function heightOf(block: readonly Panel[]): number {
  const ends = block.map(({ gridPos }) => (gridPos?.y ?? 0) + (gridPos?.h ?? 0));
  return Math.max(...ends) - Math.min(...block.map(({ gridPos }) => gridPos?.y ?? 0));
}

function movedDown(panel: Panel, by: number): Panel {
  return panel.gridPos === undefined ? panel : { ...panel, gridPos: { ...panel.gridPos, y: panel.gridPos.y + by } };
}
