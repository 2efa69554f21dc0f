import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricDeclaration } from './names.ts';

/** The one place that knows prom-client. No default metrics: their timers cost a small host more than its budget (methods.md 0.3). */
export interface Metrics {
  counter(declaration: MetricDeclaration): Counter;
  gauge(declaration: MetricDeclaration): Gauge;
  histogram(declaration: MetricDeclaration): Histogram;
  /** Called before each scrape, to fill values that are kept elsewhere. */
  onScrape(fill: () => void | Promise<void>): void;
  expose(): Promise<string>;
  readonly contentType: string;
}

/** Few buckets: each is a series a small host must write at every scrape. Seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const fills: (() => void | Promise<void>)[] = [];
  const options = (declaration: MetricDeclaration): { name: string; help: string; labelNames: string[]; registers: Registry[] } => ({
    name: declaration.name,
    help: declaration.help,
    labelNames: [...declaration.labels],
    registers: [registry],
  });
  return {
    counter: (declaration) => new Counter(options(declaration)),
    gauge: (declaration) => new Gauge(options(declaration)),
    histogram: (declaration) => new Histogram({ ...options(declaration), buckets: BUCKETS }),
    onScrape: (fill) => void fills.push(fill),
    async expose() {
      for (const fill of fills) await fill();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
