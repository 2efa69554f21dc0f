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
import type { ComponentKind } from '@loadstair/topology';
import { COLOURS, SERIES_COLOURS, type Colour } from '../colours.ts';

export type { DashboardLinkType };

/** Units as Grafana names them; each is one the console can write. */
export type Unit = 'short' | 'percentunit' | 's' | 'bytes' | 'binBps' | 'reqps' | 'currencyUSD' | 'arrivals/s' | 'cores' | 'none';
const CUSTOM: Readonly<Partial<Record<Unit, string>>> = { 'arrivals/s': 'suffix: arrivals/s', cores: 'suffix: cores' };

/** One query of a panel. */
export interface Query {
  readonly expr: string;
  /** Name of its series; `{{label}}` is replaced. */
  readonly legend?: string;
  /** Seconds between samples of what it reads: the lab is scraped each second, services and k6 give a sample every five. */
  readonly every?: 1 | 5;
  /** One fixed colour; `shades` of the main one when it has a series a host. */
  readonly colour?: Colour | 'shades';
  /** What it reads carries traces: single requests are drawn beside it, and lead to theirs. */
  readonly exemplars?: true;
}

/** Why a panel may be empty although all is well. A panel without this must have data on every run. */
export interface Absence {
  /** Shown in place of data. */
  readonly says: string;
  /** It is empty only where no tier runs this component, or the tier is not there. */
  readonly unless?: { readonly component: ComponentKind } | { readonly tier: string };
}

export interface PanelSpec {
  /** Names the panel for ever: its id is made from it, and links and kept series go by the id. */
  readonly key: string;
  readonly title: string;
  /** What it means and why one looks at it. */
  readonly description: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
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

function targetOf(query: Query, refId: string, asks: Asks): prometheus.DataqueryBuilder {
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
