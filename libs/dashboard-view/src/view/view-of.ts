import type { z } from 'zod/mini';
import type { ChartColour } from '@loadstair/report-view';
import { colourOf } from './colours.ts';
import { DASHBOARD, type DashboardFile, type PanelFile } from './json.ts';
import { unitOf, type Unit } from './format.ts';

/** A dashboard, ready to be drawn. */
export interface DashboardView {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly RowView[];
  /** Whether its series can be narrowed to hosts. */
  readonly byHost: boolean;
  readonly annotations: readonly AnnotationView[];
}

export interface RowView {
  readonly id: number;
  readonly title: string;
  readonly panels: readonly PanelView[];
}

export interface AnnotationView {
  readonly name: string;
  /** `{{label}}` is replaced. */
  readonly title: string;
  readonly colour: ChartColour;
}

export interface QueryView {
  readonly refId: string;
  readonly legend: string;
  /** Null: a series each in a shade of the panel's colour. */
  readonly colour: ChartColour | null;
}

interface PanelBase {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  /** Of 24 columns, and lines of 30 px. */
  readonly size: { readonly columns: number; readonly lines: number };
  readonly unit: Unit;
  readonly decimals: number | null;
  readonly queries: readonly QueryView[];
  /** Why it may be empty although all is well; null when it should never be. */
  readonly absence: string | null;
}

export type PanelView =
  | (PanelBase & { readonly kind: 'lines'; readonly log: boolean; readonly limit: number | null })
  | (PanelBase & { readonly kind: 'value' })
  | (PanelBase & { readonly kind: 'bars'; readonly min: number; readonly max: number })
  | (PanelBase & { readonly kind: 'table'; readonly valueHeading: string })
  | (PanelBase & { readonly kind: 'heatmap' })
  | (PanelBase & { readonly kind: 'states'; readonly states: readonly StateView[] });

export interface StateView {
  readonly value: number;
  readonly text: string;
  readonly colour: ChartColour;
}

/** A dashboard uses something the renderer does not draw. */
export class CannotDraw extends Error {
  readonly where: string;
  constructor(dashboard: string, where: string, reason: string) {
    super(`Dashboard ${dashboard} cannot be drawn: ${where}: ${reason}`);
    this.name = 'CannotDraw';
    this.where = where;
  }
}

/** What a panel says in place of data. */
export function emptyText({ absence }: Pick<PanelView, 'absence'>): string {
  return absence ?? 'No data in the time shown.';
}

/** Reads a dashboard's JSON. Throws CannotDraw at the first thing the renderer lacks. */
export function viewOf(dashboard: unknown): DashboardView {
  const parsed = DASHBOARD.safeParse(dashboard);
  if (!parsed.success) throw cannotDraw(dashboard, parsed.error.issues[0]);
  const file = parsed.data;
  return {
    uid: file.uid,
    title: file.title,
    description: file.description,
    rows: rowsOf(file),
    byHost: file.templating.list.some((variable) => variable.name === 'host'),
    annotations: file.annotations.list.map(({ name, titleFormat, iconColor }) => ({
      name,
      title: titleFormat,
      colour: colourOf(iconColor),
    })),
  };
}

function cannotDraw(dashboard: unknown, issue: z.core.$ZodIssue | undefined): CannotDraw {
  const { uid, panels } = (dashboard ?? {}) as { uid?: unknown; panels?: { title?: unknown }[] };
  const [first, index, ...rest] = issue?.path ?? [];
  const panel = first === 'panels' && typeof index === 'number' ? `panel "${String(panels?.[index]?.title)}" ${rest.join('.')}` : undefined;
  return new CannotDraw(String(uid), panel ?? (issue?.path ?? []).join('.'), reasonOf(issue));
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'unrecognized_keys':
      return `${issue.keys.join(', ')} is not drawn`;
    case 'invalid_value':
      return `only ${issue.values.map(String).join(' or ')} is drawn`;
    case 'invalid_type':
      return `${issue.expected} is expected`;
    default:
      return 'it cannot be drawn';
  }
}

function rowsOf(file: DashboardFile): RowView[] {
  const rows: { id: number; title: string; panels: PanelView[] }[] = [];
  for (const panel of file.panels) {
    if (panel.type === 'row') rows.push({ id: panel.id, title: panel.title, panels: [] });
    else if (rows.length === 0) throw new CannotDraw(file.uid, panel.title, 'it comes before the first row');
    else rows.at(-1)?.panels.push(panelOf(panel));
  }
  return rows;
}

function panelOf(panel: PanelFile): PanelView {
  const { defaults } = panel.fieldConfig;
  const base: PanelBase = {
    id: panel.id,
    title: panel.title,
    description: panel.description,
    size: { columns: panel.gridPos.w, lines: panel.gridPos.h },
    unit: unitOf(defaults.unit),
    decimals: defaults.decimals ?? null,
    queries: queriesOf(panel),
    absence: defaults.noValue ?? null,
  };
  switch (panel.type) {
    case 'timeseries': {
      const { custom, thresholds } = panel.fieldConfig.defaults;
      return { ...base, kind: 'lines', log: custom.scaleDistribution !== undefined, limit: thresholds?.steps[1].value ?? null };
    }
    case 'stat':
      return { ...base, kind: 'value' };
    case 'gauge':
    case 'bargauge':
      return { ...base, kind: 'bars', min: defaults.min ?? 0, max: defaults.max ?? 1 };
    case 'table':
      return { ...base, kind: 'table', valueHeading: valueHeading(panel) };
    case 'heatmap':
      return { ...base, kind: 'heatmap' };
    case 'state-timeline': {
      const { mappings } = panel.fieldConfig.defaults;
      const states = Object.entries(mappings?.[0].options ?? {}).map(([value, { text, color }]) => ({
        value: Number(value),
        text,
        colour: colourOf(color),
      }));
      return { ...base, kind: 'states', states };
    }
  }
}

function queriesOf(panel: PanelFile): QueryView[] {
  const { color } = panel.fieldConfig.defaults;
  return panel.targets.map(({ refId, legendFormat }) => {
    const own = panel.fieldConfig.overrides
      .filter(({ matcher }) => matcher.id === 'byFrameRefID' && matcher.options === refId)
      .flatMap(({ properties }) => properties.flatMap((property) => (property.id === 'color' ? [property.value.fixedColor] : [])))[0];
    const shades = own === undefined && color.mode === 'shades';
    return { refId, legend: legendFormat ?? panel.title, colour: shades ? null : colourOf(own ?? color.fixedColor) };
  });
}

function valueHeading(panel: PanelFile): string {
  const names = panel.fieldConfig.overrides
    .filter(({ matcher }) => matcher.id === 'byName' && matcher.options === 'Value')
    .flatMap(({ properties }) => properties.flatMap((property) => (property.id === 'displayName' ? [property.value] : [])));
  return names[0] ?? 'value';
}
