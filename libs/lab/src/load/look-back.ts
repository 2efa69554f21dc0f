import { dueTimes, isFailure, wasSent, type PlannedStep, type StepRecord } from '@loadstair/load';

/** What the last seconds of a step showed. */
export interface Looked {
  /** Arrivals answered per second, rightly: a balancer that has no server answers at once. */
  readonly achieved: number;
  /** Share of the arrivals that ended there without an answer, or with a wrong one. */
  readonly failedShare: number;
  /** Arrivals per second that were due where those should be that were answered; Poisson arrivals are not their mean rate. */
  readonly planned: number;
  readonly window: { readonly startMs: number; readonly endMs: number; readonly blockS: number };
}

/**
 * How a site kept up in the last seconds of a step that may have been ended early.
 *
 * @param overS length of what is looked at, s; less when the step was shorter
 */
export function lookBack({ rows, beganMs }: Pick<StepRecord, 'rows' | 'beganMs'>, step: PlannedStep, seed: number, overS: number): Looked {
  const dueMs = dueTimes(seed, step).map((ms) => beganMs + ms);
  const answered = rows
    .filter((row) => row.last && wasSent(row) && !isFailure(row))
    .map((row) => ({ endMs: row.dueMs + row.latencyMs, tookMs: row.dueMs + row.latencyMs - (dueMs[row.arrival] ?? row.dueMs) }));
  const ends = answered.map((one) => one.endMs).sort((a, b) => a - b);
  // Those that end in the window are those that were due so much earlier.
  const usualMs = answered.map((one) => one.tookMs).sort((a, b) => a - b)[Math.floor(answered.length / 2)] ?? 0;
  // Ends where the last arrival was due, not where the slowest answer came, or where the last one failed.
  const heardMs = Math.max(...rows.filter((row) => row.last).map((row) => row.dueMs + row.latencyMs));
  const endMs = Math.min(beganMs + step.holdS * 1000, Number.isFinite(heardMs) ? heardMs : beganMs + 1000);
  const startMs = Math.max(beganMs, endMs - overS * 1000);
  const perSecond = (atMs: readonly number[]): number =>
    atMs.filter((ms) => ms >= startMs && ms < endMs).length / Math.max(0.1, (endMs - startMs) / 1000);
  const failed = perSecond(rows.filter((row) => row.last && isFailure(row)).map((row) => row.dueMs + row.latencyMs));
  const achieved = perSecond(ends);
  const failedShare = failed === 0 ? 0 : failed / (failed + achieved);
  return { achieved, failedShare, planned: perSecond(dueMs.map((ms) => ms + usualMs)), window: { startMs, endMs, blockS: 1 } };
}
