import { mean } from './statistics.ts';
import type { Interval } from './verdict.ts';

/** Two variants measured one right after the other, so that what drifts hits both alike. Both above 0. */
export interface Pair {
  readonly value: number;
  readonly against: number;
}

export interface PairedRatio {
  /** Geometric mean of value/against over the pairs. */
  readonly ratio: number;
  /** 95 %. */
  readonly interval: Interval;
  /** Pairs. */
  readonly n: number;
}

/**
 * Ratio of two variants from pairs: mean of the log ratios with a Student t interval (the pair is the replicate, never the
 * request: requests of one block are not independent). Where pairs alternate which variant comes first, a drift along the
 * measurement cancels in the mean.
 *
 * @returns null for fewer than two pairs, which have no spread to judge by
 */
export function pairedRatio(pairs: readonly Pair[]): PairedRatio | null {
  if (pairs.length < 2) return null;
  const logs = pairs.map(({ value, against }) => Math.log(value / against));
  const middle = mean(logs);
  const variance = logs.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (logs.length - 1);
  const half = studentT975(logs.length - 1) * Math.sqrt(variance / logs.length);
  return { ratio: Math.exp(middle), interval: [Math.exp(middle - half), Math.exp(middle + half)], n: pairs.length };
}

/** 97.5 % quantiles of Student's t for 1 to 10 degrees of freedom (any table, e.g. NIST/SEMATECH e-Handbook 1.3.6.7.2). */
const T975 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
const Z975 = 1.959964;

/** 97.5 % quantile of Student's t; above 10 degrees of freedom by Abramowitz and Stegun 26.7.5, right to 0.001. */
export function studentT975(degrees: number): number {
  const known = T975[degrees - 1];
  if (known !== undefined) return known;
  const z = Z975;
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
  );
}
