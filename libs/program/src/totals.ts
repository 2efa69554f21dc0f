import type { MetricDeclaration, Metrics } from '@loadstair/telemetry';

/** Counters that follow totals counted elsewhere, read at each scrape. */
export function exposeTotals(metrics: Metrics, totals: readonly (readonly [MetricDeclaration, () => number])[]): void {
  const counters = totals.map(([declaration, value]) => ({ counter: metrics.counter(declaration), value, before: 0 }));
  metrics.onScrape(() => {
    for (const each of counters) {
      const total = each.value();
      each.counter.inc(Math.max(0, total - each.before));
      each.before = total;
    }
  });
}
