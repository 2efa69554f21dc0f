import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import {
  type DashboardLinkType,
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  type GridPos,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import type { PanelQuery, PanelUnit } from '@loadstair/components/panels';
import { COLOURS, SERIES_COLOURS } from '../colours.ts';

export type { DashboardLinkType };

const CUSTOM: Readonly<Partial<Record<PanelUnit, string>>> = { 'arrivals/s': 'suffix: arrivals/s', cores: 'suffix: cores' };

/** Why a panel may be empty although all is well. A panel without this must have data on every run. */
export interface Absence {
  /** Shown in place of data. */
  readonly says: string;
}

export interface PanelSpec {
  /** Names the panel for ever: its id is made from it, and links and kept series go by the id. */
  readonly key: string;
  readonly title: string;
  /** What it means and why one looks at it. */
  readonly description: string;
  readonly unit: PanelUnit;
  readonly queries: readonly PanelQuery[];
  /** Of 24 columns. */
  readonly width?: number;
  readonly height?: number;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly absent?: Absence;
}

/** A panel that has no place yet. */
export interface PlacedLater {
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly absent: Absence | null;
  at(id: number, place: GridPos): cog.Builder<Panel>;
}

/** What the builders of all panel kinds have in common. */
export interface AnyPanelBuilder extends cog.Builder<Panel> {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  gridPos(place: GridPos): this;
  datasource(datasource: { type: string; uid: string }): this;
  withTarget(target: cog.Builder<cog.Dataquery>): this;
  unit(unit: string): this;
  min(min: number): this;
  max(max: number): this;
  decimals(decimals: number): this;
  noValue(text: string): this;
  colorScheme(colour: cog.Builder<{ mode: FieldColorModeId }>): this;
  overrideByQuery(refId: string, properties: DynamicConfigValue[]): this;
}

export const DATASOURCE = { type: 'prometheus', uid: '$datasource' } as const;
const SCRAPE_S = 5;

/** How a kind of panel asks: over the range, once for now, or for a grid of counts. */
export type Asks = 'range' | 'instant' | 'heatmap' | 'table';

/** Title, unit, queries and colours of a panel of any kind. */
export function panelOf(builder: AnyPanelBuilder, spec: PanelSpec, asks: Asks): PlacedLater {
  builder
    .title(spec.title)
    .description(spec.description)
    .datasource(DATASOURCE)
    .unit(CUSTOM[spec.unit] ?? spec.unit);
  if (spec.min !== undefined) builder.min(spec.min);
  if (spec.max !== undefined) builder.max(spec.max);
  if (spec.decimals !== undefined) builder.decimals(spec.decimals);
  if (spec.absent !== undefined) builder.noValue(spec.absent.says);
  const first = spec.queries[0]?.colour ?? 'through';
  builder.colorScheme(
    first === 'shades'
      ? new FieldColorBuilder().mode(FieldColorModeId.Shades).fixedColor(COLOURS.through)
      : new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor(COLOURS[first]),
  );
  for (const [index, query] of spec.queries.entries()) {
    const refId = String.fromCharCode(65 + index);
    builder.withTarget(targetOf(query, refId, asks));
    const colour = query.colour ?? SERIES_COLOURS[index] ?? 'muted';
    if (index > 0 && colour !== 'shades')
      builder.overrideByQuery(refId, [{ id: 'color', value: { mode: 'fixed', fixedColor: COLOURS[colour] } }]);
  }
  return {
    key: spec.key,
    width: spec.width ?? 12,
    height: spec.height ?? 7,
    absent: spec.absent ?? null,
    at: (id, place) => builder.id(id).gridPos(place),
  };
}

function targetOf(query: PanelQuery, refId: string, asks: Asks): prometheus.DataqueryBuilder {
  const target = new prometheus.DataqueryBuilder()
    .refId(refId)
    .datasource(DATASOURCE)
    .expr(query.expr)
    .interval(`${query.every ?? SCRAPE_S}s`);
  if (query.legend !== undefined) target.legendFormat(query.legend);
  if (query.exemplars === true) target.exemplar(true);
  switch (asks) {
    case 'range':
      return target.range().format(prometheus.PromQueryFormat.TimeSeries);
    case 'instant':
      return target.instant().format(prometheus.PromQueryFormat.TimeSeries);
    case 'table':
      return target.instant().format(prometheus.PromQueryFormat.Table);
    case 'heatmap':
      return target.range().format(prometheus.PromQueryFormat.Heatmap);
  }
}
