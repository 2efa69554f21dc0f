import { describe, expect, it } from '@jest/globals';
import { random, shuffled } from './chance.ts';

describe('random', () => {
  it('gives the numbers that golden results were made with', () => {
    const next = random(13);
    expect([next(), next(), next()]).toEqual([0.5663226493634284, 0.36011716164648533, 0.0705908453091979]);
  });

  it('is even', () => {
    const next = random(7);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 100_000; draw += 1) {
      const tenth = Math.floor(10 * next());
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe('shuffled', () => {
  it('keeps every item, leaves the given list alone, and gives the same order again from the same seed', () => {
    const items = ['a', 'b', 'c', 'd', 'e'];
    const order = shuffled(items, random(5));
    expect(items).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(order.toSorted()).toEqual(items);
    expect(shuffled(items, random(5))).toEqual(order);
  });

  it('draws each of the six orders of three equally often', () => {
    const next = random(3);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 60_000; draw += 1) {
      const order = shuffled([1, 2, 3], next).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});
