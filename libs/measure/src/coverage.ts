import type { PrometheusClient } from './prometheus-client.ts';
import { READ_EVERY_MS, type Samples } from './sampler.ts';

/** Prometheus scrapes the lab itself this often; the scrape whose gaps the gate counts. */
export const LAB_SCRAPE_S = 1;

/** Share of the sampler's readings expected in a window that exist, 0–1. */
export function samplerCoverage(samples: Samples, startMs: number, endMs: number): number {
  const found = samples.readings.filter((reading) => reading.atMs >= startMs && reading.atMs <= endMs).length;
  return Math.min(1, found / Math.max(1, Math.floor((endMs - startMs) / READ_EVERY_MS)));
}

/** Share of the scrapes expected in a window that Prometheus holds, 0–1; 0 when it does not answer any more. */
export async function prometheusCoverage(client: PrometheusClient, startMs: number, endMs: number): Promise<number> {
  const seconds = Math.floor((endMs - startMs) / 1000);
  if (seconds < 1) return 0;
  try {
    const series = await client.query(`sum_over_time(up{job="lab"}[${seconds}s])`, endMs);
    const found = series[0]?.points[0]?.[1] ?? 0;
    return Math.min(1, found / Math.max(1, Math.floor(seconds / LAB_SCRAPE_S)));
  } catch {
    // Not answering is the very gap this measures.
    return 0;
  }
}
