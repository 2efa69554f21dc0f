import { expect, it } from '@jest/globals';
import { indexAfter } from './use-plot.ts';

it.each([
  ['ArrowLeft', false, 5, 4],
  ['ArrowRight', true, 5, 15],
  ['ArrowRight', true, 95, 99],
  ['ArrowLeft', true, 5, 0],
  ['Home', false, 5, 0],
  ['End', true, 5, 99],
  ['Enter', false, 5, null],
])('%s (shift %s) at %i of 99 goes to %s', (key, shift, at, expected) => {
  expect(indexAfter(key, shift, at, 99)).toBe(expected);
});

it('a chart without points has nowhere to go', () => {
  expect(indexAfter('Home', false, 0, -1)).toBeNull();
});
