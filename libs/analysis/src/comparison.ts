import { mean } from './statistics.ts';
import { studentT } from './student-t.ts';
import type { Interval } from './verdict.ts';

/** What several runs of one arm say of its capacity. The replicate is the run, never the request. */
export interface ArmEstimate {
  readonly n: number;
  /** Geometric mean, arrivals/s. */
  readonly load: number;
  /** 95 %; null where nothing tells how runs scatter. */
  readonly interval: Interval | null;
}

export type ComparisonWord = 'better' | 'worse' | 'equivalent' | 'inconclusive';

export interface Comparison {
  readonly word: ComparisonWord;
  /** Second arm ÷ first. */
  readonly ratio: number;
  /** Null where nothing tells how runs scatter. */
  readonly interval: Interval | null;
  /** Of the interval: 0.95, or more where several looks at the runs share the 5 %. */
  readonly confidence: number;
  readonly n: readonly [first: number, second: number];
  /** Runs more a side that should settle it at the spread seen; null when it is settled, or nothing tells the spread. */
  readonly moreRuns: number | null;
}

/** Of everything a comparison says together. */
const CONFIDENCE = 0.95;
/** Runs a side below which nothing tells how they scatter. */
export const LEAST_RUNS = 2;

/**
 * Confidence of each look of a comparison that looks at its runs as they come, from two a side on, and ends when they are clear: all
 * looks together err in 5 % of the comparisons of equals at most (Bonferroni; the error is spent in equal parts).
 *
 * @param runs at most, a side
 */
export function confidenceOf(runs: number): number {
  return 1 - (1 - CONFIDENCE) / Math.max(1, runs - LEAST_RUNS + 1);
}

/** Differences smaller than this are of no interest (ux.md §10: ±5 %). */
export const SMALLEST_OF_INTEREST = 0.05;
const MOST_MORE_RUNS = 60;

/** How equal runs scatter. */
export interface Spread {
  /** Of the logarithms of their loads. */
  readonly variance: number;
  /** Degrees of freedom it rests on. */
  readonly freedom: number;
}

/**
 * The spread of all arms together: what makes equal runs differ is the machine, and that is the same for all of them, so two
 * runs of each of six stages tell it better than three of one (one-way layout: NIST/SEMATECH e-Handbook §7.4.3).
 *
 * @param arms loads of the runs of each, arrivals/s
 * @returns null where no arm has two
 */
export function pooledSpread(arms: readonly (readonly number[])[]): Spread | null {
  const freedom = arms.reduce((sum, loads) => sum + Math.max(0, loads.length - 1), 0);
  if (freedom === 0) return null;
  const squares = arms.map((loads) => squaresAround(loads.map(Math.log)));
  return { variance: squares.reduce((sum, one) => sum + one, 0) / freedom, freedom };
}

/** @param spread of all arms that are compared; of this one alone unless told */
export function estimateArm(loads: readonly number[], spread: Spread | null = pooledSpread([loads])): ArmEstimate {
  const n = loads.length;
  const middle = mean(loads.map(Math.log));
  return { n, load: Math.exp(middle), interval: spread === null ? null : around(middle, 0.975, spread, 1 / n) };
}

/**
 * Whether the second arm holds more than the first, by Student's interval of the difference of mean logs with the pooled spread.
 * Better or worse: the interval leaves out 1 and the ratio passes the smallest difference of interest. Equivalent: the interval that
 * errs twice as often (90 % for 95 %) lies within it (two one-sided tests: Schuirmann 1987, doi 10.1007/BF01068419). Rank tests cannot reach 5 % with
 * three runs a side (Mann–Whitney: 0.10 at best), so a spread is assumed normal in logs.
 *
 * @param spread of all arms that are compared; of these two unless told
 * @param confidence of the interval (`confidenceOf`)
 */
export function compareArms(
  first: readonly number[],
  second: readonly number[],
  spread: Spread | null = pooledSpread([first, second]),
  confidence = CONFIDENCE,
): Comparison {
  const difference = mean(second.map(Math.log)) - mean(first.map(Math.log));
  const n = [first.length, second.length] as const;
  const ratio = Math.exp(difference);
  if (spread === null || Math.min(...n) === 0) {
    return { word: 'inconclusive', ratio, interval: null, confidence, n, moreRuns: null };
  }
  const share = 1 / n[0] + 1 / n[1];
  const interval = around(difference, (1 + confidence) / 2, spread, share);
  const narrow = around(difference, confidence, spread, share);
  const least = 1 + SMALLEST_OF_INTEREST;
  const word: ComparisonWord =
    interval[0] > 1 && ratio >= least
      ? 'better'
      : interval[1] < 1 && ratio <= 1 / least
        ? 'worse'
        : narrow[0] > 1 / least && narrow[1] < least
          ? 'equivalent'
          : 'inconclusive';
  const more = word === 'inconclusive' ? moreRuns(difference, Math.min(...n), spread) : null;
  return { word, ratio, interval, confidence, n, moreRuns: more };
}

/**
 * The A/A study: of all ways to split runs of one and the same thing into two halves, how many say that the halves differ.
 * With an odd number the last run is left out.
 */
export function falsePositives(loads: readonly number[]): { readonly wrong: number; readonly splits: number } {
  const half = Math.floor(loads.length / 2);
  const all = loads.slice(0, 2 * half);
  let wrong = 0;
  let splits = 0;
  // Every subset of half the runs that holds the first one, so that no split is counted from both its sides.
  const choose = (from: number, chosen: readonly number[]): void => {
    if (chosen.length === half) {
      const others = all.filter((_, index) => !chosen.includes(index));
      const { word } = compareArms(
        chosen.map((index) => all[index] as number),
        others,
      );
      splits += 1;
      if (word === 'better' || word === 'worse') wrong += 1;
      return;
    }
    for (let index = from; index < all.length; index += 1) choose(index + 1, [...chosen, index]);
  };
  if (half >= 2) choose(1, [0]);
  return { wrong, splits };
}

/** Runs more a side until the interval is narrow enough either to leave out 1 or to lie within the smallest difference of interest. */
function moreRuns(difference: number, now: number, { variance, freedom }: Spread): number | null {
  const interest = Math.log(1 + SMALLEST_OF_INTEREST);
  const room = Math.max(Math.abs(difference) >= interest ? Math.abs(difference) : 0, interest - Math.abs(difference));
  const settles = (n: number): boolean => studentT(0.975, freedom + 2 * (n - now)) * Math.sqrt((2 * variance) / n) < room;
  if (!settles(now + MOST_MORE_RUNS)) return null;
  // The interval only narrows with more runs, so the least number is found by halving.
  let [few, enough] = [now, now + MOST_MORE_RUNS];
  while (enough - few > 1) {
    const middle = (few + enough) >> 1;
    if (settles(middle)) enough = middle;
    else few = middle;
  }
  return enough - now;
}

/** Student's interval around a mean of logs whose variance is `share` of that of one run; out of logs again. */
function around(middle: number, quantile: number, { variance, freedom }: Spread, share: number): Interval {
  const half = studentT(quantile, freedom) * Math.sqrt(variance * share);
  return [Math.exp(middle - half), Math.exp(middle + half)];
}

function squaresAround(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}
