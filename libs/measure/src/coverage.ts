import type { PrometheusClient } from './prometheus-client.ts';
import { READ_EVERY_MS } from './sampler.ts';
import type { Samples } from './samples.ts';

/** Prometheus scrapes the lab itself this often; the scrape whose gaps the gate counts. */
export const LAB_SCRAPE_S = 1;

/** Timers are late by some milliseconds, never early; a reading that is later than this leaves a gap. */
const ON_TIME_MS = 1.5 * READ_EVERY_MS;

/**
 * Share of a window that the sampler saw, 0–1. A reading stands for the time until the next one if that is on time, else for one interval.
 * Counting readings would miss one of sixteen in four seconds for no more than where the window begins.
 */
export function samplerCoverage({ readings }: Samples, startMs: number, endMs: number): number {
  const seenMs = readings.reduce((sum, { atMs }, index) => {
    const next = readings[index + 1]?.atMs ?? Infinity;
    const untilMs = next - atMs <= ON_TIME_MS ? next : atMs + READ_EVERY_MS;
    return sum + Math.max(0, Math.min(untilMs, endMs) - Math.max(atMs, startMs));
  }, 0);
  return Math.min(1, seenMs / Math.max(1, endMs - startMs));
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
