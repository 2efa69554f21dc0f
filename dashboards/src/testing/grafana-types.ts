import type * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type * as gauge from '@grafana/grafana-foundation-sdk/gauge';
import type * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import type * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

/** The SDK leaves a panel's options and queries open; here each kind has its own types, so that the schema says what they may hold. */
type Target = Omit<prometheus.Dataquery, '_implementsDataqueryVariant'>;

type PanelOf<Type extends string, Options, Custom> = Omit<dashboard.Panel, 'type' | 'options' | 'targets' | 'fieldConfig'> & {
  type: Type;
  options: Options;
  targets: Target[];
  fieldConfig: Omit<dashboard.FieldConfigSource, 'defaults'> & {
    defaults: Omit<dashboard.FieldConfig, 'custom'> & { custom?: Custom };
  };
};

type PanelJson =
  | PanelOf<'timeseries', timeseries.Options, timeseries.FieldConfig>
  | PanelOf<'stat', stat.Options, never>
  | PanelOf<'gauge', gauge.Options, never>
  | PanelOf<'bargauge', bargauge.Options, never>
  | PanelOf<'table', table.Options, table.FieldConfig>
  | PanelOf<'heatmap', heatmap.Options, heatmap.FieldConfig>
  | PanelOf<'state-timeline', statetimeline.Options, statetimeline.FieldConfig>
  // Rows of the lab are never folded, so they hold no panels.
  | (Omit<dashboard.RowPanel, 'panels'> & { panels: never[] });

/** A dashboard file, as the SDK's types have it. The JSON schema of the tests is made from this type. */
export type GrafanaDashboard = Omit<dashboard.Dashboard, 'panels' | 'annotations' | 'snapshot'> & {
  panels: PanelJson[];
  annotations: { list: (Omit<dashboard.AnnotationQuery, 'target'> & { target: Target })[] };
};
