import { random, shuffled } from '@loadstair/kit';

/** A value from which on a series is another one. */
export interface ChangePoint {
  /** Index of the first value after the change. */
  readonly at: number;
  /** Share of random orders of the same values that show a change at least as large. */
  readonly p: number;
}

/** Fewest values on either side of a change: with fewer, nothing tells how they scatter. */
const LEAST_SIDE = 3;
/** Below this many values no order of them is rare enough to be called a change at 5 %. */
export const LEAST_VALUES = 8;
const SIGNIFICANCE = 0.05;
const PERMUTATIONS = 199;
/** Of the permutations: equal series get equal answers. */
const SEED = 42;
/** Two sums of the same numbers in another order may differ by this much. */
const ROUNDING = 1e-9;

/**
 * Where the level or the spread of a series changes: E-divisive with α = 1 (Matteson and James 2014, "A nonparametric approach for multiple
 * change point analysis of multivariate data", doi 10.1080/01621459.2013.849605), as it is used to find changes in benchmark results (Daly
 * et al. 2020, ICPE, doi 10.1145/3358960.3375791). It assumes nothing of the distribution. The largest change of all segments is kept while
 * a permutation test calls it significant at 5 %; then the segments it makes are searched.
 *
 * @param values in order of time; logarithms where ratios matter
 * @returns ascending; empty for fewer than `LEAST_VALUES` values
 */
export function changePoints(values: readonly number[]): ChangePoint[] {
  if (values.length < LEAST_VALUES) return [];
  const next = random(SEED);
  const found: ChangePoint[] = [];
  for (;;) {
    const segments = segmentsOf(values, found);
    const best = largestSplit(segments);
    if (best === null) return found;
    let asLarge = 0;
    for (let round = 0; round < PERMUTATIONS; round += 1) {
      const permuted = segments.map(({ from, values: own }) => ({ from, values: shuffled(own, next) }));
      if ((largestSplit(permuted)?.size ?? 0) >= best.size - ROUNDING) asLarge += 1;
    }
    const p = (asLarge + 1) / (PERMUTATIONS + 1);
    if (p > SIGNIFICANCE) return found;
    found.push({ at: best.at, p });
    found.sort((a, b) => a.at - b.at);
  }
}

interface Segment {
  /** Index of its first value in the series. */
  readonly from: number;
  readonly values: readonly number[];
}

interface Split {
  readonly at: number;
  /** The scaled energy distance of the two sides. */
  readonly size: number;
}

function segmentsOf(values: readonly number[], changes: readonly ChangePoint[]): Segment[] {
  const starts = [0, ...changes.map(({ at }) => at)];
  return starts.map((from, index) => ({ from, values: values.slice(from, starts[index + 1] ?? values.length) }));
}

function largestSplit(segments: readonly Segment[]): Split | null {
  let best: Split | null = null;
  for (const { from, values } of segments)
    for (const { at, size } of splitsOf(values)) if (best === null || size > best.size) best = { at: from + at, size };
  return best;
}

/**
 * Every split of a segment that leaves enough on both sides, with Q = nm/(n+m) · (2/(nm) Σ|x−y| − Σ|x−x′|/C(n,2) − Σ|y−y′|/C(m,2)). The
 * sums are moved along with the split, so all of them together take n² steps.
 */
function splitsOf(values: readonly number[]): Split[] {
  const distancesFrom = (value: number, others: readonly number[]): number =>
    others.reduce((sum, other) => sum + Math.abs(value - other), 0);
  let [left, between] = [0, 0];
  let right = values.reduce((sum, value, index) => sum + distancesFrom(value, values.slice(index + 1)), 0);
  const splits: Split[] = [];
  for (let n = 1; n <= values.length - LEAST_SIDE; n += 1) {
    const moved = values[n - 1] as number;
    const [toLeft, toRight] = [distancesFrom(moved, values.slice(0, n - 1)), distancesFrom(moved, values.slice(n))];
    [left, right, between] = [left + toLeft, right - toRight, between - toLeft + toRight];
    if (n < LEAST_SIDE) continue;
    const m = values.length - n;
    const energy = (2 * between) / (n * m) - (2 * left) / (n * (n - 1)) - (2 * right) / (m * (m - 1));
    splits.push({ at: n, size: ((n * m) / (n + m)) * energy });
  }
  return splits;
}
