import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import * as gauge from '@grafana/grafana-foundation-sdk/gauge';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import { panelOf, type PanelSpec, type PlacedLater } from './panel.ts';

const last = (): ReduceDataOptionsBuilder => new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false);

/** One number, as text. */
export function statPanel(spec: PanelSpec): PlacedLater {
  const builder = new stat.PanelBuilder()
    .reduceOptions(last())
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.None)
    .orientation(VizOrientation.Auto);
  return panelOf(builder, { width: 4, height: 4, ...spec }, 'instant');
}

/** One share of a whole. */
export function gaugePanel(spec: PanelSpec): PlacedLater {
  const builder = new gauge.PanelBuilder().reduceOptions(last()).showThresholdLabels(false).showThresholdMarkers(false);
  return panelOf(builder, { width: 4, height: 4, min: 0, max: 1, ...spec }, 'instant');
}

/** A bar for each series: how much of its limit each resource uses. */
export function barGauge(spec: PanelSpec): PlacedLater {
  const builder = new bargauge.PanelBuilder()
    .reduceOptions(last())
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .showUnfilled(true);
  return panelOf(builder, { min: 0, max: 1, ...spec }, 'instant');
}
