/** Series that are neither the lab's own (METRICS of libs/telemetry) nor a component's (its panels in libs/components). */

/** k6's, by remote write. Histograms are native ones: no suffix, and they count from the push before. */
export const K6 = {
  requests: 'k6_http_reqs_total',
  iterations: 'k6_iterations_total',
  dropped: 'k6_dropped_iterations_total',
  latency: 'k6_latency_from_due_seconds',
  stale: 'k6_stale_reads_total',
  files: 'k6_files_fetched_total',
} as const;

/** Prometheus's own: of each target, and of its alerts. */
export const PROMETHEUS = { up: 'up', duration: 'scrape_duration_seconds', alerts: 'ALERTS' } as const;
