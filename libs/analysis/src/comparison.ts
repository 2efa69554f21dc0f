import { mean } from './statistics.ts';
import { studentT } from './student-t.ts';
import type { Interval } from './verdict.ts';

/** What several runs of one arm say of its capacity. The replicate is the run, never the request. */
export interface ArmEstimate {
  readonly n: number;
  /** Geometric mean, arrivals/s. */
  readonly load: number;
  /** 95 %, from the spread of the runs; null with one run. */
  readonly interval: Interval | null;
}

export type ComparisonWord = 'better' | 'worse' | 'equivalent' | 'inconclusive';

export interface Comparison {
  readonly word: ComparisonWord;
  /** Second arm ÷ first. */
  readonly ratio: number;
  /** 95 %; null when one of the arms has a single run. */
  readonly interval: Interval | null;
  readonly n: readonly [first: number, second: number];
  /** Runs more a side that should settle it at the spread seen; null when it is settled, or nothing tells the spread. */
  readonly moreRuns: number | null;
}

/** Differences smaller than this are of no interest (ux.md §10: ±5 %). */
export const SMALLEST_OF_INTEREST = 0.05;
const MOST_MORE_RUNS = 60;

export function estimateArm(loads: readonly number[]): ArmEstimate {
  const logs = loads.map(Math.log);
  const middle = mean(logs);
  const n = logs.length;
  if (n < 2) return { n, load: Math.exp(middle), interval: null };
  const half = studentT(0.975, n - 1) * Math.sqrt(variance(logs) / n);
  return { n, load: Math.exp(middle), interval: [Math.exp(middle - half), Math.exp(middle + half)] };
}

/**
 * Whether the second arm holds more than the first: Welch's interval of the difference of mean logs (Welch 1947, doi
 * 10.1093/biomet/34.1-2.28). Better or worse: the 95 % interval leaves out 1 and the ratio passes the smallest difference of
 * interest. Equivalent: the 90 % interval lies within it (two one-sided tests: Schuirmann 1987, doi 10.1007/BF01068419).
 * Rank tests cannot reach 5 % with three runs a side (Mann–Whitney: 0.10 at best), so a spread is assumed normal in logs.
 */
export function compareArms(first: readonly number[], second: readonly number[]): Comparison {
  const [a, b] = [first.map(Math.log), second.map(Math.log)];
  const difference = mean(b) - mean(a);
  const n = [a.length, b.length] as const;
  const ratio = Math.exp(difference);
  if (a.length < 2 || b.length < 2) return { word: 'inconclusive', ratio, interval: null, n, moreRuns: null };
  const parts = [variance(a) / a.length, variance(b) / b.length] as const;
  const error = Math.sqrt(parts[0] + parts[1]);
  const freedom =
    error === 0 ? a.length + b.length - 2 : (parts[0] + parts[1]) ** 2 / (parts[0] ** 2 / (a.length - 1) + parts[1] ** 2 / (b.length - 1));
  const within = (quantile: number): Interval => {
    const half = studentT(quantile, freedom) * error;
    return [Math.exp(difference - half), Math.exp(difference + half)];
  };
  const interval = within(0.975);
  const narrow = within(0.95);
  const least = 1 + SMALLEST_OF_INTEREST;
  const word: ComparisonWord =
    interval[0] > 1 && ratio >= least
      ? 'better'
      : interval[1] < 1 && ratio <= 1 / least
        ? 'worse'
        : narrow[0] > 1 / least && narrow[1] < least
          ? 'equivalent'
          : 'inconclusive';
  return { word, ratio, interval, n, moreRuns: word === 'inconclusive' ? moreRuns(difference, a, b) : null };
}

/** Runs a side until the interval is narrow enough either to leave out 1 or to lie within the smallest difference of interest. */
function moreRuns(difference: number, a: readonly number[], b: readonly number[]): number | null {
  const spread = Math.sqrt((variance(a) + variance(b)) / 2);
  const interest = Math.log(1 + SMALLEST_OF_INTEREST);
  const room = Math.max(Math.abs(difference) >= interest ? Math.abs(difference) : 0, interest - Math.abs(difference));
  const now = Math.min(a.length, b.length);
  for (let n = now + 1; n <= now + MOST_MORE_RUNS; n += 1) {
    if (studentT(0.975, 2 * n - 2) * spread * Math.sqrt(2 / n) < room) return n - now;
  }
  return null;
}

/** Unbiased sample variance. */
function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
