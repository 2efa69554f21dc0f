import { sidesOf, trialsOf, type CapacityTrial } from './capacity-trials.ts';
import { usualCost, type UsualCost } from './machine-speed.ts';
import { findOnset, stepHolds } from './onset.ts';
import { crossingOf, type ResponsePoint } from './response-curve.ts';
import type { RunData, Slo } from './run-data.ts';
import { mean } from './statistics.ts';
import type { Interval, Onset } from './verdict.ts';

/** The highest load that holds an SLO, from all trials of one search; loads are what they would be at the machine's usual speed. */
export interface Capacity {
  /** Where the share of requests over the SLO crosses what it allows, arrivals/s. */
  readonly load: number;
  /** 95 %: the load that repeated searches find in the mean lies in it, arrivals/s. */
  readonly interval: Interval;
  /** What failed first above it. */
  readonly failing: Onset['reason'];
  readonly trials: readonly CapacityTrial[];
  /** Null where nothing tells how fast the machine was. */
  readonly usual: UsualCost | null;
}

/** A search that bracketed the capacity, or why it did not. */
export type SearchOutcome = { readonly kind: 'found'; readonly capacity: Capacity } | { readonly kind: 'none'; readonly reason: string };

const CONFIDENCE = 0.95;
const Z975 = 1.959964;
/**
 * What differs between two searches and is the same for all trials of one, of log load: standard deviation, at one speed of the
 * machine (docs/decisions/capacity-search-pools-trials.md says where it comes from).
 */
const BETWEEN_SEARCHES = 0.012;
/** How far the machine's mean speed in a run lies from the usual one, of log load, while too few runs tell. */
const SPEED_SPREAD = 0.025;

/**
 * Capacity from the climb and the trials of a search, pooled; null when no trial that counts held, or none failed. Two passes pooled
 * repeat far better than a bisection, which one wrong early trial decides (calibration.md, Q3).
 *
 * Its interval has three parts: how far the trials scatter around the curve (response-curve.ts), how well the machine's usual speed is
 * known, and what differs between searches at one speed.
 *
 * @param usual what the machine's usual speed is told by; this run alone unless told
 */
export function capacityOf(run: RunData, usual: UsualCost | null = usualCost([run])): Capacity | null {
  const rough = findOnset(run);
  if (rough === null) return null;
  const trials = trialsOf(run, rough, usual);
  const { valid, held, failed } = sidesOf(trials);
  const [lowestFailed] = failed;
  if (held.length === 0 || lowestFailed === undefined) return null;
  const crossing = crossingOf(pointsOf(valid, run.profile.slo), 1 - run.profile.slo.quantile);
  const { load } = crossing;
  const first = run.steps[lowestFailed.step];
  return {
    load,
    interval: widened(load, crossing.interval(CONFIDENCE), usual),
    failing: (first === undefined ? null : stepHolds(first, run.profile.slo).reason) ?? rough.reason,
    trials,
    usual,
  };
}

/** What trials tell: how many requests were over the SLO, or only on which side they lie where latency is not what fails. */
function pointsOf(trials: readonly CapacityTrial[], { quantile }: Slo): ResponsePoint[] {
  const failed = trials.filter((trial) => !trial.holds);
  const slow = failed.filter((trial) => trial.over > 1 - quantile);
  const byLatency = 2 * slow.length >= failed.length;
  return trials.map(({ load, holds, over, requests }) => ({
    load,
    answer: byLatency && (holds || over > 1 - quantile) ? { kind: 'share', over, requests } : { kind: 'side', holds },
  }));
}

/** Independent parts add as variances, each side of the middle for itself. */
function widened(load: number, [low, high]: Interval, usual: UsualCost | null): Interval {
  const speed = (usual?.spread ?? SPEED_SPREAD) / Math.sqrt(usual?.runs ?? 1);
  const other = Z975 * Math.hypot(BETWEEN_SEARCHES, speed);
  return [load * Math.exp(-Math.hypot(Math.log(load / low), other)), load * Math.exp(Math.hypot(Math.log(high / load), other))];
}

/** Repeated searches of one thing. */
export interface Repeatability {
  readonly mean: number;
  /** Sample coefficient of variation, 0–1, and its 95 % interval; null of fewer than two. */
  readonly cv: number | null;
  readonly cvInterval: Interval | null;
  readonly range: Interval;
}

/** Mean and spread of repeated searches; the interval of the spread is that of a normal sample (χ² by Wilson and Hilferty 1931). */
export function repeatability(loads: readonly number[]): Repeatability {
  const middle = mean(loads);
  const freedom = loads.length - 1;
  const range: Interval = [Math.min(...loads), Math.max(...loads)];
  if (freedom < 1 || middle === 0) return { mean: middle, cv: null, cvInterval: null, range };
  const cv = Math.sqrt(loads.reduce((sum, load) => sum + (load - middle) ** 2, 0) / freedom) / middle;
  const ratio = (z: number): number => Math.max(1e-9, 1 - 2 / (9 * freedom) + z * Math.sqrt(2 / (9 * freedom))) ** 1.5;
  return { mean: middle, cv, cvInterval: [cv / ratio(Z975), cv / ratio(-Z975)], range };
}
