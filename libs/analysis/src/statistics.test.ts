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

  it.each([
    // python3: for y in (...): print(scipy.stats.theilslopes(y, numpy.arange(len(y)), 0.95)): slope, low_slope, high_slope
    [[1, 3, 2, 5, 4, 6, 8, 7, 10, 9], 1, 0.6666666666666666, 1.3333333333333333],
    [[2.0, 1.1, 3.7, 2.9, 5.2, 4.4, 7.3, 6.1, 8.8, 7.9, 10.4, 9.6, 12.1], 0.85, 0.75, 0.9],
    [[5.1, 4.2, 6.3, 5.4, 4.5, 6.6, 5.7, 5.8, 6.9, 4.05], 0.1, -0.225, 0.38571428571428573],
    [[0.3, 4.1, 2.2, 8.7, 5.5, 12.9, 7.4], 1.3, -0.4333333333333333, 3.566666666666667],
  ])('Theil–Sen of %j agrees with SciPy, interval too', (values, slope, low, high) => {
    const found = theilSen(values);
    expect(found.slope).toBeCloseTo(slope, 9);
    expect(found.interval[0]).toBeCloseTo(low, 9);
    expect(found.interval[1]).toBeCloseTo(high, 9);
  });

  it('fits a slope as NumPy’s least squares does', () => {
    // numpy.linalg.lstsq(x[:, None], y - 0.02)[0][0]
    const y = [0.21, 0.33, 0.49, 0.6, 0.78];
    const points = [20, 35, 50, 65, 80].map((x, index) => ({ x, y: y[index] as number }));
    expect(slopeThrough(points, 0.02)).toBeCloseTo(0.009264406779661017, 12);
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
