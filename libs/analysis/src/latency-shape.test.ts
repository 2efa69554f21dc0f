import { describe, expect, it } from '@jest/globals';
import { random } from '@loadstair/kit';
import { histogramOf } from './histogram.ts';
import { distanceBetween, latencyAtSameLoad } from './latency-shape.ts';
import type { RunData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';

const built = buildRun({ stage: 2, tiers: [{ name: 'web', hosts: 1, cpuMs: 1, cores: 0.1 }], links: [], loads: [45, 60, 78] });

/** A run whose step at each load has exponential latencies of a mean, all of it slower or faster by chance. */
function run(seed: number, mean: number, loads: readonly number[] = [45, 60, 78]): RunData {
  const next = random(seed);
  const own = mean * Math.exp(0.1 * (next() - 0.5));
  return {
    ...built,
    steps: built.steps
      .filter(({ kind, offered }) => kind === 'idle' || loads.includes(offered))
      .map((step) => ({
        ...step,
        load: { ...step.load, latency: histogramOf(Array.from({ length: 400 }, () => -own * Math.log(1 - next()))) },
      })),
  };
}

const arm = (mean: number, from: number, count: number): RunData[] => Array.from({ length: count }, (_, index) => run(from + index, mean));

describe('distanceBetween', () => {
  it('is the largest difference of two cumulative shares', () => {
    // Of 4 and 2 values: after 2 ms 3/4 against 1/2, after 5 ms all against 1/2.
    const distance = distanceBetween(histogramOf([1, 1, 2, 5]), histogramOf([1, 50]));
    expect(distance).toBeCloseTo(0.5, 12);
    expect(distanceBetween(histogramOf([1, 2, 3]), histogramOf([3, 2, 1]))).toBe(0);
  });
});

describe('latencyAtSameLoad', () => {
  it('tells a difference with four runs a side', () => {
    const found = latencyAtSameLoad(arm(10, 1, 4), arm(20, 11, 4));
    expect(found).toMatchObject({ load: 78, word: 'differs' });
    // C(8, 4) = 70 deals, of which the actual one and its mirror are as far apart.
    expect(found?.p).toBeCloseTo(2 / 70, 12);
    expect(found?.medianMs[1]).toBeGreaterThan(1.5 * (found?.medianMs[0] ?? 0));
  });

  it('takes the run as the replicate: three a side cannot tell, however many requests they have', () => {
    expect(latencyAtSameLoad(arm(10, 1, 3), arm(20, 11, 3))).toMatchObject({ word: 'too-few-runs', leastP: 0.1 });
  });

  it('sees a difference in few pairs of equal sides', () => {
    const pairs = 120;
    const wrong = Array.from({ length: pairs }, (_, pair) =>
      latencyAtSameLoad(arm(10, 1000 * pair, 4), arm(10, 1000 * pair + 500, 4)),
    ).filter((found) => found?.word === 'differs');
    // Exact: 2 of 70 deals. More than 10 of 120 would happen once in 2,000 times.
    expect(wrong.length).toBeLessThanOrEqual(10);
  });

  it('takes the highest load that all runs were offered and held, and is null without one', () => {
    expect(latencyAtSameLoad([run(1, 10), run(2, 10, [45, 60])], [run(3, 10)])?.load).toBe(60);
    // A mean of 400 ms misses the SLO at every load.
    expect(latencyAtSameLoad([run(1, 10)], [run(2, 400)])).toBeNull();
    expect(latencyAtSameLoad([run(1, 10, [45])], [run(2, 10, [60])])).toBeNull();
  });
});
