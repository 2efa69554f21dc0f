import { describe, expect, it } from '@jest/globals';
import { merge, quantile, shareAbove } from './histogram.ts';
import type { Histogram } from './run-data.ts';
import { mean, median, quantileOf, slopeThrough, theilSen } from './statistics.ts';

const histogram = (values: readonly number[]): Histogram => {
  const counts = new Map<number, number>();
  for (const value of values) {
    const bucket = Math.floor(Math.log(value / 0.1) / Math.log(1.02));
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return { scheme: 'log-1.02-from-0.1ms', counts: [...counts].sort(([a], [b]) => a - b), count: values.length };
};

describe('statistics', () => {
  it('quantiles agree with NumPy', () => {
    // numpy.percentile([3, 1, 4, 1, 5, 9, 2, 6], [5, 50, 95]) = [1.0, 3.5, 7.95]
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    expect(quantileOf(values, 0.05)).toBeCloseTo(1, 10);
    expect(median(values)).toBeCloseTo(3.5, 10);
    expect(quantileOf(values, 0.95)).toBeCloseTo(7.95, 10);
    expect(mean(values)).toBeCloseTo(3.875, 10);
    expect(median([])).toBeNull();
  });

  it('Theil–Sen agrees with SciPy', () => {
    // scipy.stats.theilslopes([1, 3, 2, 5, 4, 6, 8, 7, 10, 9]) = slope 1.0
    const { slope, interval } = theilSen([1, 3, 2, 5, 4, 6, 8, 7, 10, 9]);
    expect(slope).toBeCloseTo(1, 10);
    expect(interval[0]).toBeGreaterThan(0.6);
    expect(interval[1]).toBeLessThan(1.5);
  });

  it('sees no slope in level values', () => {
    const { interval } = theilSen([5, 4, 6, 5, 4, 6, 5, 5, 6, 4]);
    expect(interval[0]).toBeLessThanOrEqual(0);
    expect(interval[1]).toBeGreaterThanOrEqual(0);
  });

  it('fits a slope through a known intercept', () => {
    // By hand: Σx(y − 1) = 1·2 + 2·4 + 3·6 = 28, Σx² = 14.
    expect(
      slopeThrough(
        [
          { x: 1, y: 3 },
          { x: 2, y: 5 },
          { x: 3, y: 7 },
        ],
        1,
      ),
    ).toBeCloseTo(2, 10);
    expect(slopeThrough([], 0)).toBeNull();
  });
});

describe('histograms', () => {
  it('keep quantiles to 1 %', () => {
    const values = Array.from({ length: 5000 }, (_, index) => 1 + index * 0.2);
    expect(Math.abs((quantile(histogram(values), 0.95) as number) / 950.8 - 1)).toBeLessThan(0.011);
    expect(Math.abs((quantile(histogram(values), 0.5) as number) / 500.8 - 1)).toBeLessThan(0.011);
  });

  it('of parts add up to the histogram of the whole', () => {
    const a = [1, 5, 20, 300];
    const b = [2, 5, 7];
    expect(merge([histogram(a), histogram(b)])).toEqual(histogram([...a, ...b]));
    expect(merge([])).toEqual({ scheme: 'log-1.02-from-0.1ms', counts: [], count: 0 });
  });

  it('tell the share above a limit', () => {
    expect(shareAbove(histogram([10, 20, 300, 400]), 250)).toBeCloseTo(0.5, 10);
    expect(quantile(histogram([]), 0.5)).toBeNull();
  });
});
