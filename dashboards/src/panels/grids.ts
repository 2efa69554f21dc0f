import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import { MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { COLOURS, type Colour } from '../colours.ts';
import { panelOf, type PanelSpec, type PlacedLater } from './panel.ts';

/** Counts by time and by bucket of a histogram. */
export function heatmapPanel(spec: PanelSpec): PlacedLater {
  const builder = new heatmap.PanelBuilder()
    .calculate(false)
    .color(
      new heatmap.HeatmapColorOptionsBuilder()
        .mode(heatmap.HeatmapColorMode.Scheme)
        .scheme('Blues')
        .scale(heatmap.HeatmapColorScale.Exponential)
        .exponent(0.5)
        .steps(32)
        .reverse(false),
    )
    .cellGap(1)
    .yAxis(new heatmap.YAxisConfigBuilder().unit(spec.unit))
    .showLegend();
  return panelOf(builder, spec, 'heatmap');
}

export interface TableSpec extends PanelSpec {
  /** Heading of the value column. */
  readonly value: string;
}

/** One row a series: its labels, and its value now. */
export function tablePanel(spec: TableSpec): PlacedLater {
  const builder = new table.PanelBuilder()
    .showHeader(true)
    .overrideByName('Time', [{ id: 'custom.hidden', value: true }])
    .overrideByName('Value', [{ id: 'displayName', value: spec.value }]);
  return panelOf(builder, spec, 'table');
}

export interface StateTimelineSpec extends PanelSpec {
  /** Words and colours of values; a value without words is shown as it is. */
  readonly states?: readonly { readonly value: number; readonly text: string; readonly colour: Colour }[];
}

/** What state something was in, over time; one row a series. */
export function stateTimeline(spec: StateTimelineSpec): PlacedLater {
  const builder = new statetimeline.PanelBuilder()
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.8)
    .fillOpacity(70)
    .lineWidth(0);
  if (spec.states !== undefined)
    builder.mappings([
      {
        type: MappingType.ValueToText,
        options: Object.fromEntries(
          spec.states.map(({ value, text, colour }, index) => [String(value), { text, color: COLOURS[colour], index }]),
        ),
      },
    ]);
  return panelOf(builder, spec, 'range');
}
