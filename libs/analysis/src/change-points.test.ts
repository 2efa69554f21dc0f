import { describe, expect, it } from '@jest/globals';
import { random } from '@loadstair/kit';
import { changePoints } from './change-points.ts';

/** Logarithms of capacities that scatter by some percent around levels that hold for so many runs. */
function series(seed: number, spread: number, ...levels: readonly (readonly [level: number, runs: number])[]): number[] {
  const next = random(seed);
  // The sum of twelve uniform numbers is close to normal, with variance 1.
  const normal = (): number => Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6);
  return levels.flatMap(([level, runs]) => Array.from({ length: runs }, () => Math.log(level) + spread * normal()));
}

describe('change points', () => {
  it('are found where the level changes, each at its place', () => {
    const found = changePoints(series(1, 0.03, [36, 10], [50, 12], [41, 9]));
    expect(found.map(({ at }) => at)).toEqual([10, 22]);
    expect(found.every(({ p }) => p <= 0.05)).toBe(true);
  });

  it('are found in a series of eight, the shortest', () => {
    expect(changePoints([1, 1.01, 0.99, 1, 2, 2.01, 1.99, 2]).map(({ at }) => at)).toEqual([4]);
    expect(changePoints([1, 1.01, 0.99, 1, 2, 2.01, 1.99])).toEqual([]);
  });

  it('are called in about 5 % of the series in which nothing changes', () => {
    const many = 200;
    const called = Array.from({ length: many }, (_, seed) => changePoints(series(seed + 1, 0.05, [40, 16]))).filter(
      (found) => found.length > 0,
    ).length;
    expect(called).toBeGreaterThan(0);
    // Binomial with p = 0.05: more than 20 of 200 has a probability below 0.1 %.
    expect(called).toBeLessThanOrEqual(20);
  });

  it('are none where all values are equal', () => {
    expect(changePoints(Array.from({ length: 12 }, () => 3))).toEqual([]);
  });

  it('are the same whenever they are asked for', () => {
    const values = series(7, 0.06, [40, 9], [44, 9]);
    expect(changePoints(values)).toEqual(changePoints(values));
  });
});
