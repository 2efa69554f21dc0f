import { expect, it } from '@jest/globals';
import { isHeldOut } from './held-out.ts';

const names = Array.from({ length: 3_000 }, (_, index) => `${1 + (index % 3)}/single-${Math.floor(index / 3)}`);

it('holds out a third, of every seed, and the same one each time', () => {
  for (const seed of ['1', '2', '3']) {
    const own = names.filter((name) => name.startsWith(`${seed}/`));
    // A third of 1,000, give or take three standard deviations.
    expect(Math.abs(own.filter(isHeldOut).length - 333)).toBeLessThan(45);
  }
  expect(names.filter(isHeldOut)).toEqual(names.filter(isHeldOut));
});

it('does not follow the rounds in which cases are made', () => {
  for (const rounds of [3, 7, 14]) {
    const shares = Array.from({ length: rounds }, (_, at) => {
      const own = Array.from({ length: 600 }, (_, index) => `1/invalid-${at + rounds * index}`);
      return own.filter(isHeldOut).length / own.length;
    });
    expect(Math.min(...shares)).toBeGreaterThan(0.25);
    expect(Math.max(...shares)).toBeLessThan(0.42);
  }
});
