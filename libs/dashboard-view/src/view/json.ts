import * as z from 'zod/mini';

/**
 * The part of Grafana's dashboard JSON that the renderer draws. Objects are strict: what is not here is not drawn, and says so,
 * instead of a chart that looks right and is not.
 */
const text = z.string();
const number = z.number();
const yes = z.boolean();
const datasource = z.strictObject({ type: text, uid: text });
const place = z.strictObject({ x: number, y: number, w: number, h: number });
const fixed = z.strictObject({ mode: z.literal('fixed'), fixedColor: text });
const colour = z.strictObject({ mode: z.enum(['fixed', 'shades']), fixedColor: text });

const target = z.strictObject({
  refId: text,
  expr: text,
  datasource,
  interval: text,
  legendFormat: z.optional(text),
  range: yes,
  instant: yes,
  format: z.enum(['time_series', 'table', 'heatmap']),
  exemplar: z.optional(z.literal(true)),
});

const thresholds = z.strictObject({
  mode: z.literal('absolute'),
  // One line: the first step only says where it begins.
  steps: z.tuple([z.strictObject({ value: z.null(), color: text }), z.strictObject({ value: number, color: text })]),
});

const valueMap = z.strictObject({
  type: z.literal('value'),
  options: z.record(z.string(), z.strictObject({ text, color: text, index: number })),
});

const override = z.discriminatedUnion('id', [
  z.strictObject({ id: z.literal('color'), value: fixed }),
  z.strictObject({ id: z.literal('custom.hidden'), value: z.literal(true) }),
  z.strictObject({ id: z.literal('displayName'), value: text }),
]);

const overrides = z.array(
  z.strictObject({
    matcher: z.strictObject({ id: z.enum(['byFrameRefID', 'byName']), options: text }),
    properties: z.array(override),
  }),
);

const defaults = {
  unit: text,
  color: colour,
  min: z.optional(number),
  max: z.optional(number),
  decimals: z.optional(number),
  noValue: z.optional(text),
};

const common = {
  id: number,
  title: text,
  description: text,
  gridPos: place,
  datasource,
  targets: z.array(target),
  transparent: z.literal(false),
  repeatDirection: z.literal('h'),
};

const reduceOptions = z.strictObject({ calcs: z.tuple([z.literal('lastNotNull')]), values: z.literal(false) });
const legend = z.strictObject({ displayMode: z.literal('list'), placement: z.literal('bottom'), showLegend: yes, calcs: z.tuple([]) });

const timeSeries = z.strictObject({
  ...common,
  type: z.literal('timeseries'),
  options: z.strictObject({ legend, tooltip: z.strictObject({ mode: z.literal('multi'), sort: z.literal('desc') }) }),
  fieldConfig: z.strictObject({
    defaults: z.strictObject({
      ...defaults,
      thresholds: z.optional(thresholds),
      custom: z.strictObject({
        lineWidth: number,
        fillOpacity: number,
        showPoints: z.literal('never'),
        spanNulls: z.literal(false),
        axisSoftMin: z.optional(z.literal(0)),
        scaleDistribution: z.optional(z.strictObject({ type: z.literal('log'), log: z.literal(10) })),
        thresholdsStyle: z.optional(z.strictObject({ mode: z.literal('dashed') })),
      }),
    }),
    overrides,
  }),
});

const plainFields = z.strictObject({ defaults: z.strictObject(defaults), overrides });

const stat = z.strictObject({
  ...common,
  type: z.literal('stat'),
  options: z.strictObject({
    graphMode: z.literal('none'),
    colorMode: z.literal('none'),
    justifyMode: z.literal('auto'),
    textMode: z.literal('auto'),
    wideLayout: z.literal(true),
    showPercentChange: z.literal(false),
    percentChangeColorMode: z.literal('standard'),
    orientation: z.literal('auto'),
    reduceOptions,
  }),
  fieldConfig: plainFields,
});

const gauge = z.strictObject({
  ...common,
  type: z.literal('gauge'),
  options: z.strictObject({
    showThresholdLabels: z.literal(false),
    showThresholdMarkers: z.literal(false),
    sizing: z.literal('auto'),
    minVizWidth: number,
    minVizHeight: number,
    orientation: z.literal('auto'),
    reduceOptions,
  }),
  fieldConfig: plainFields,
});

const barGauge = z.strictObject({
  ...common,
  type: z.literal('bargauge'),
  options: z.strictObject({
    displayMode: z.literal('basic'),
    valueMode: z.literal('color'),
    namePlacement: z.literal('auto'),
    showUnfilled: z.literal(true),
    sizing: z.literal('auto'),
    minVizWidth: number,
    minVizHeight: number,
    maxVizHeight: number,
    legend: z.strictObject({ ...legend.def.shape, showLegend: z.literal(false) }),
    orientation: z.literal('horizontal'),
    reduceOptions,
  }),
  fieldConfig: plainFields,
});

const table = z.strictObject({
  ...common,
  type: z.literal('table'),
  options: z.strictObject({
    frameIndex: z.literal(0),
    showHeader: z.literal(true),
    showTypeIcons: z.literal(false),
    footer: z.strictObject({ show: z.literal(false), reducer: z.tuple([]), countRows: z.literal(false) }),
    cellHeight: z.literal('sm'),
  }),
  fieldConfig: z.strictObject({
    defaults: z.strictObject({ ...defaults, custom: z.strictObject({ align: z.literal('auto'), inspect: z.literal(false) }) }),
    overrides,
  }),
});

const heatmap = z.strictObject({
  ...common,
  type: z.literal('heatmap'),
  options: z.strictObject({
    calculate: z.literal(false),
    color: z.strictObject({
      mode: z.literal('scheme'),
      scheme: z.literal('Blues'),
      fill: text,
      scale: z.literal('exponential'),
      exponent: number,
      steps: number,
      reverse: z.literal(false),
    }),
    filterValues: z.strictObject({ le: number }),
    showValue: z.literal('auto'),
    cellGap: number,
    yAxis: z.strictObject({ unit: text }),
    legend: z.strictObject({ show: yes }),
    tooltip: z.strictObject({ mode: z.literal('single') }),
    exemplars: z.strictObject({ color: text }),
    selectionMode: z.literal('x'),
  }),
  fieldConfig: z.strictObject({ defaults: z.strictObject({ ...defaults, custom: z.strictObject({}) }), overrides }),
});

const stateTimeline = z.strictObject({
  ...common,
  type: z.literal('state-timeline'),
  options: z.strictObject({
    showValue: z.literal('auto'),
    rowHeight: number,
    mergeValues: z.literal(true),
    alignValue: z.literal('left'),
    legend: z.strictObject({ ...legend.def.shape, showLegend: z.literal(false) }),
    tooltip: z.strictObject({ mode: z.literal('single'), sort: z.literal('asc') }),
    perPage: number,
  }),
  fieldConfig: z.strictObject({
    defaults: z.strictObject({
      ...defaults,
      mappings: z.optional(z.tuple([valueMap])),
      custom: z.strictObject({ lineWidth: number, fillOpacity: number }),
    }),
    overrides,
  }),
});

const row = z.strictObject({
  id: number,
  type: z.literal('row'),
  title: text,
  // Of a row that was not repeated yet, the variable it stands there for each value of.
  repeat: z.optional(text),
  collapsed: z.literal(false),
  gridPos: place,
  panels: z.tuple([]),
});

const variable = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('datasource'), name: z.literal('datasource') }),
  z.looseObject({ type: z.literal('query'), name: text, label: text }),
]);

const annotation = z.strictObject({
  name: text,
  datasource,
  enable: z.literal(true),
  hide: z.literal(false),
  iconColor: text,
  titleFormat: text,
  builtIn: z.literal(0),
  placement: z.literal('inControlsMenu'),
  target: z.looseObject({ refId: text, expr: text }),
});

/** A whole file. What only Grafana's own frame uses (refresh, time picker, links) is left to it. */
export const DASHBOARD = z.looseObject({
  uid: text,
  title: text,
  description: text,
  panels: z.array(z.discriminatedUnion('type', [timeSeries, stat, gauge, barGauge, table, heatmap, stateTimeline, row])),
  templating: z.strictObject({ list: z.array(variable) }),
  annotations: z.strictObject({ list: z.array(annotation) }),
});

export type DashboardFile = z.infer<typeof DASHBOARD>;
export type PanelFile = Exclude<DashboardFile['panels'][number], { type: 'row' }>;
