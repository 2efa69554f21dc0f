import { expect, it } from '@jest/globals';
import { decadeAbove, decades } from './decades.ts';

it('a log axis has its whole decades', () => {
  expect(decades(1, 1000)).toEqual([1, 10, 100, 1000]);
  expect(decades(2, 500)).toEqual([10, 100]);
  expect(decades(20, 30)).toEqual([]);
});

it('and ends with room above what it shows', () => {
  expect([decadeAbove(250), decadeAbove(99), decadeAbove(100)]).toEqual([1000, 1000, 1000]);
});
