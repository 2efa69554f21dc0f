import { describe, expect, it } from '@jest/globals';
import { counterAt, growth, lastWithin, meanWithin, type Point } from './counter.ts';

const points: readonly Point[] = [
  { atMs: 1000, value: 10 },
  { atMs: 2000, value: 14 },
  { atMs: 2500, value: 20 },
  { atMs: 4000, value: 20 },
];

describe('counters read at uneven times', () => {
  it('are known between readings and level outside them', () => {
    // numpy.interp([500, 1000, 1250, 2250, 3000, 9000], [1000, 2000, 2500, 4000], [10, 14, 20, 20]) = [10, 10, 11, 17, 20, 20]
    expect([500, 1000, 1250, 2250, 3000, 9000].map((ms) => counterAt(points, ms))).toEqual([10, 10, 11, 17, 20, 20]);
    expect(counterAt([], 1)).toBeNull();
  });

  it('grow by the difference at the ends of a window', () => {
    expect(growth(points, 1250, 2250)).toBe(6);
    expect(growth(points, 1000, 4000)).toBe(10);
    expect(growth(points, 2500, 4000)).toBe(0);
  });

  it('say nothing of a window they do not reach', () => {
    expect(growth(points, 4000, 5000)).toBeNull();
    expect(growth(points, 0, 1000)).toBeNull();
    expect(growth([], 0, 1)).toBeNull();
  });

  it('never shrink: a program that began anew is no negative use', () => {
    expect(
      growth(
        [
          { atMs: 0, value: 50 },
          { atMs: 1000, value: 2 },
        ],
        0,
        1000,
      ),
    ).toBe(0);
  });

  it('as gauges have a mean and a last value inside a window', () => {
    expect(meanWithin(points, 1500, 2600)).toBe(17);
    expect(lastWithin(points, 1500, 2600)).toBe(20);
    expect(meanWithin(points, 2600, 3000)).toBeNull();
    expect(lastWithin(points, 2600, 3000)).toBeNull();
  });
});
