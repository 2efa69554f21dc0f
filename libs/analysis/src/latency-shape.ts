import { random, shuffled } from '@loadstair/kit';
import { merge, quantile } from './histogram.ts';
import { loadSteps, stepHolds } from './onset.ts';
import type { Histogram, RunData } from './run-data.ts';

/** Latency of two arms at one load: whole distributions, not one quantile. */
export interface LatencyAtLoad {
  /** Offered to every run of both, arrivals/s. */
  readonly load: number;
  /** Of the merged histograms, ms: the median, and the SLO's quantile. */
  readonly medianMs: readonly [first: number, second: number];
  readonly quantileMs: readonly [first: number, second: number];
  /** Kolmogorov and Smirnov's distance: the largest difference of the two cumulative shares of requests, 0–1. */
  readonly distance: number;
  /** Share of all ways to deal the runs to two sides at which the distance is no smaller, 0–1. */
  readonly p: number;
  /** The smallest p that so many runs can have: where it is above 0.05, they cannot tell. */
  readonly leastP: number;
  readonly word: 'differs' | 'no-difference-seen' | 'too-few-runs';
}

const SIGNIFICANT = 0.05;
/** Loads are planned to a tenth of an arrival a second. */
const SAME_LOAD = 1.005;
const TINY = 1e-12;

/**
 * Compares latencies at the highest load that every run was offered in its climb and held; null where there is none.
 *
 * Two-sample Kolmogorov–Smirnov on merged histograms. Requests of a run depend on each other, and so do its seconds, so its table of
 * critical values would see a difference in everything: the replicate is the run, and p comes from dealing whole runs to the
 * two sides in every possible way (an exact permutation test).
 */
export function latencyAtSameLoad(first: readonly RunData[], second: readonly RunData[]): LatencyAtLoad | null {
  const runs = [...first, ...second];
  const slo = runs[0]?.profile.slo;
  const load = highestCommon(runs);
  if (slo === undefined || load === null || first.length === 0 || second.length === 0) return null;
  const latencies = runs.map((run) => (heldAt(run, load) as { latency: Histogram }).latency);
  const distanceOf = (chosen: readonly number[]): number => {
    const [one, other] = sides(latencies, chosen);
    return distanceBetween(one, other);
  };
  const actual = first.map((_, index) => index);
  const distance = distanceOf(actual);
  const dealt = deals(runs.length, first.length);
  const p = dealt.filter((chosen) => distanceOf(chosen) >= distance - TINY).length / dealt.length;
  // Equal sides: dealing all the other way round is the same deal.
  const leastP = (first.length === second.length ? 2 : 1) / dealt.length;
  const [one, other] = sides(latencies, actual);
  const both = (q: number): readonly [number, number] => [quantile(one, q) ?? 0, quantile(other, q) ?? 0];
  return {
    load,
    medianMs: both(0.5),
    quantileMs: both(slo.quantile),
    distance,
    p,
    leastP,
    word: leastP > SIGNIFICANT ? 'too-few-runs' : p <= SIGNIFICANT ? 'differs' : 'no-difference-seen',
  };
}

function highestCommon(runs: readonly RunData[]): number | null {
  const [run, ...others] = runs;
  if (run === undefined) return null;
  const loads = loadSteps(run).flatMap((step) => (heldAt(run, step.offered) === null ? [] : [step.offered]));
  const common = loads.filter((load) => others.every((other) => heldAt(other, load) !== null));
  return common.length === 0 ? null : Math.max(...common);
}

/** What a run was offered at a load in its climb; null where it was not, or did not hold it. */
function heldAt(run: RunData, load: number): { readonly latency: Histogram } | null {
  const step = loadSteps(run).find(({ offered }) => Math.max(offered / load, load / offered) < SAME_LOAD);
  return step !== undefined && step.load.latency.count > 0 && stepHolds(step, run.profile.slo).holds ? step.load : null;
}

function sides(latencies: readonly Histogram[], chosen: readonly number[]): readonly [Histogram, Histogram] {
  return [merge(latencies.filter((_, index) => chosen.includes(index))), merge(latencies.filter((_, index) => !chosen.includes(index)))];
}

/** Largest difference of the cumulative shares of two histograms of one scheme, 0–1. */
export function distanceBetween(one: Histogram, other: Histogram): number {
  const changes = new Map<number, number>();
  for (const [bucket, count] of one.counts) changes.set(bucket, count / one.count);
  for (const [bucket, count] of other.counts) changes.set(bucket, (changes.get(bucket) ?? 0) - count / other.count);
  let difference = 0;
  let largest = 0;
  for (const [, change] of [...changes].sort(([a], [b]) => a - b)) {
    difference += change;
    largest = Math.max(largest, Math.abs(difference));
  }
  return largest;
}

/** More ways to deal than these are not all tried, but so many of them, drawn. */
const MOST_DEALS = 2000;

/** Ways to choose so many of so many, by index: all of them, or a seeded draw with the one that is so. */
function deals(all: number, size: number): number[][] {
  const ways = Array.from({ length: size }, (_, index) => (all - index) / (index + 1)).reduce((product, factor) => product * factor, 1);
  if (ways <= MOST_DEALS) return subsets(0, all, size);
  const next = random(all);
  const indexes = Array.from({ length: all }, (_, index) => index);
  return [indexes.slice(0, size), ...Array.from({ length: MOST_DEALS }, () => shuffled(indexes, next).slice(0, size))];
}

function subsets(from: number, all: number, size: number): number[][] {
  if (size === 0) return [[]];
  const firsts = Array.from({ length: Math.max(0, all - from - size + 1) }, (_, index) => from + index);
  return firsts.flatMap((first) => subsets(first + 1, all, size - 1).map((rest) => [first, ...rest]));
}
