import { expect, it } from '@jest/globals';
import { decadeAbove, decadeBelow, decades, linear, path, ticks } from './scale.ts';

it('a log axis has its whole decades', () => {
  expect(decades(1, 1000)).toEqual([1, 10, 100, 1000]);
  expect(decades(2, 500)).toEqual([10, 100]);
  expect(decades(20, 30)).toEqual([]);
  // Their logarithms come out a hair beside −3 and 3.
  expect(decades(0.001, 1000.0000000001)).toHaveLength(7);
});

it('and ends with room above what it shows', () => {
  expect([decadeAbove(250), decadeAbove(99), decadeAbove(100)]).toEqual([1000, 1000, 1000]);
  expect([decadeBelow(250), decadeBelow(100), decadeBelow(0.5)]).toEqual([100, 100, 0.1]);
});

it('ticks are round', () => {
  expect(ticks(100, 4)).toEqual([0, 50, 100]);
  expect(ticks(9, 4)).toEqual([0, 5]);
});

it('a path goes from point to point', () => {
  const x = linear([0, 10], [0, 100]);
  expect(path([0, 5, 10].map((at) => [x(at), at]))).toBe('M0.0 0.0L50.0 5.0L100.0 10.0');
});
