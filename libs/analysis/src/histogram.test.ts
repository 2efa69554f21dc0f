import { describe, expect, it } from '@jest/globals';
import { histogramOf, merge, quantile } from './histogram.ts';

describe('histograms', () => {
  const values = [1.7, 2.4, 3.3, 8.8, 13.1, 13.2, 21, 47.5, 90.2, 133, 250, 251, 999, 4321];

  it('know every quantile to 1 %', () => {
    // Python: [sorted(v)[ceil(q*len(v))-1] for q in (.5, .9, .95, .99)]
    const golden: readonly [number, number][] = [
      [0.5, 21],
      [0.9, 999],
      [0.95, 4321],
      [0.99, 4321],
    ];
    for (const [q, exact] of golden) expect(Math.abs((quantile(histogramOf(values), q) as number) / exact - 1)).toBeLessThanOrEqual(0.01);
    for (let ms = 0.11; ms < 60_000; ms *= 1.0371) {
      expect(Math.abs((quantile(histogramOf([ms]), 0.5) as number) / ms - 1)).toBeLessThanOrEqual(0.01);
    }
  });

  it('of parts add up to the one of the union', () => {
    expect(merge([histogramOf(values.slice(0, 5)), histogramOf(values.slice(5))])).toEqual(histogramOf(values));
  });
});
