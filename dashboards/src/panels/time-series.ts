import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ScaleDistribution,
  ScaleDistributionConfigBuilder,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { COLOURS } from '../colours.ts';
import { panelOf, type PanelSpec, type PlacedLater } from './panel.ts';

export interface TimeSeriesSpec extends PanelSpec {
  readonly log?: boolean;
  /** A dashed warm line: the SLO, or the share from which on a resource counts as full. */
  readonly limitLine?: number;
}

/** Lines over time, from zero unless logarithmic. */
export function timeSeries(spec: TimeSeriesSpec): PlacedLater {
  const builder = new PanelBuilder()
    .lineWidth(2)
    .fillOpacity(0)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(spec.queries.length > 1 || spec.queries.some((query) => query.legend?.includes('{{') === true)),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  if (spec.log === true) builder.scaleDistribution(new ScaleDistributionConfigBuilder().type(ScaleDistribution.Log).log(10));
  else builder.axisSoftMin(0);
  if (spec.limitLine !== undefined)
    builder
      .thresholds(
        new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
          { value: null, color: COLOURS.muted },
          { value: spec.limitLine, color: COLOURS.limit },
        ]),
      )
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return panelOf(builder, spec, 'range');
}
