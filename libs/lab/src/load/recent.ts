import type { FailedRequests } from '@loadstair/analysis';
import { failuresOf, type RequestRow } from '@loadstair/load';

/** What a generator did in a window of some seconds. */
export interface Recent {
  readonly startedPerS: number;
  readonly achievedPerS: number;
  readonly lateP99Ms: number;
  /** Arrivals that were due and have not begun. */
  readonly behind: number;
  /** From the due time, of requests that ended in the window; null without one. */
  readonly latency: { readonly p50Ms: number; readonly p95Ms: number; readonly requests: number } | null;
  /** Requests that failed in the window, by reason. */
  readonly failures: readonly FailedRequests[];
}

/** What was heard of one step. */
export interface StepLines {
  /** Its first due time, epoch ms; null before it has begun. */
  beganMs: number | null;
  readonly rows: RequestRow[];
  /** How late each arrival that has begun was, ms. */
  readonly late: Map<number, number>;
}

/** What k6 has written may be this old before it is read. */
export const NOT_YET_HEARD_MS = 400;
const LATEST_ARRIVALS = 200;

/**
 * @param dueMs due times of the step's arrivals, from its beginning
 * @param window epoch ms; its last moment may not have been heard of yet and does not count
 */
export function recentOf(
  { rows, late, beganMs }: StepLines,
  dueMs: readonly number[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Recent {
  const heardMs = endMs - NOT_YET_HEARD_MS;
  const seconds = (heardMs - Math.max(startMs, beganMs ?? endMs)) / 1000;
  const within = (atMs: number): boolean => atMs >= startMs && atMs < heardMs;
  const answered = rows.filter((row) => within(row.dueMs + row.latencyMs));
  const ended = answered.filter((row) => row.last).length;
  // Not by their answers: those of a slow site are still to come.
  const begun = [...late].filter(([arrival, lateMs]) => within((beganMs ?? endMs) + (dueMs[arrival] ?? 0) + lateMs)).length;
  const latencies = answered.map((row) => row.latencyMs).sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  const lateness = [...late.values()].slice(-LATEST_ARRIVALS).sort((a, b) => a - b);
  return {
    startedPerS: seconds <= 0 ? 0 : begun / seconds,
    achievedPerS: seconds <= 0 ? 0 : ended / seconds,
    lateP99Ms: lateness[Math.floor(lateness.length * 0.99)] ?? 0,
    latency: latencies.length === 0 ? null : { p50Ms: at(0.5), p95Ms: at(0.95), requests: latencies.length },
    failures: failuresOf(answered, [], null),
    behind: beganMs === null ? 0 : Math.max(0, dueMs.filter((ms) => beganMs + ms < heardMs).length - late.size),
  };
}
