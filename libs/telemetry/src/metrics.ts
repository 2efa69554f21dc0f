import { Counter, Gauge, Histogram, Registry, type OpenMetricsContentType, type PrometheusContentType } from 'prom-client';
import type { MetricDeclaration } from './names.ts';

/** The one place that knows prom-client. No default metrics: their timers cost a small host more than its budget (methods.md 0.3). */
export interface Metrics {
  counter(declaration: MetricDeclaration): Counter;
  gauge(declaration: MetricDeclaration): Gauge;
  histogram(declaration: MetricDeclaration): Histogram;
  /** A histogram that keeps, for each of its buckets, the trace of the last value that has one. */
  tracedHistogram(declaration: MetricDeclaration): TracedHistogram;
  /** Called before each scrape, to fill values that are kept elsewhere. */
  onScrape(fill: () => void | Promise<void>): void;
  expose(): Promise<string>;
  readonly contentType: string;
}

type AnyRegistry = Registry<PrometheusContentType> | Registry<OpenMetricsContentType>;

function openMetricsRegistry(): Registry<OpenMetricsContentType> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}

/** Labels in the order they are declared. */
export interface TracedHistogram {
  /** @param trace id of the sampled trace it was measured in; null outside one */
  observe(labels: readonly string[], value: number, trace: string | null): void;
}

/** Few buckets: each is a series a small host must write at every scrape. Seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** @param format only `openmetrics` can carry the traces of histograms (prometheus.io/docs/specs/om/open_metrics_spec, "Exemplars") */
export function createMetrics(format: 'prometheus' | 'openmetrics' = 'prometheus'): Metrics {
  const registry: AnyRegistry = format === 'openmetrics' ? openMetricsRegistry() : new Registry();
  const fills: (() => void | Promise<void>)[] = [];
  const options = (declaration: MetricDeclaration): { name: string; help: string; labelNames: string[]; registers: AnyRegistry[] } => ({
    name: declaration.name,
    help: declaration.help,
    labelNames: [...declaration.labels],
    registers: [registry],
  });
  return {
    counter: (declaration) => new Counter(options(declaration)),
    gauge: (declaration) => new Gauge(options(declaration)),
    histogram: (declaration) => new Histogram({ ...options(declaration), buckets: BUCKETS }),
    tracedHistogram(declaration) {
      const histogram = new Histogram({ ...options(declaration), buckets: BUCKETS, enableExemplars: format === 'openmetrics' });
      return {
        observe(labels, value, trace) {
          // Nearly all values have no trace: they take the cheaper way.
          if (trace === null || format === 'prometheus') return histogram.labels(...labels).observe(value);
          const named = Object.fromEntries(declaration.labels.map((label, index) => [label, labels[index] ?? '']));
          histogram.observe({ labels: named, value, exemplarLabels: { trace_id: trace } });
        },
      };
    },
    onScrape: (fill) => void fills.push(fill),
    async expose() {
      for (const fill of fills) await fill();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
