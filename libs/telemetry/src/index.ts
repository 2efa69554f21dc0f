export { createLogger, type Logger } from './logs.ts';
export { createMetrics, type Metrics, type TracedHistogram } from './metrics.ts';
export { LOG_FIELDS, SPAN_ATTRIBUTES, type LogField, type LogLineFields } from './log-fields.ts';
export { METRICS, metricsTable, type MetricDeclaration } from './names.ts';
export { counted, grown, max, orNone, quantile, rate, select, sum, type Matchers } from './promql.ts';
export { isSampled, sampledTrace, traceIn } from './sampling.ts';
export { startTracing, traceFields, type StartedTracing } from './tracing.ts';
