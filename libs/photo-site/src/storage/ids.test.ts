import { describe, expect, it } from '@jest/globals';
import { bucketOf, BUCKETS, createIds, firstIdAt, MAX_SEEDED, nodeOf } from './ids.ts';

const NOW = Date.UTC(2026, 10, 30);

describe('ids', () => {
  it('have the bucket of their owner, whether it was seeded or signed up', () => {
    const ids = createIds(5, () => NOW);
    expect(bucketOf(ids.of(12))).toBe(12);
    const owner = ids.owner();
    expect(bucketOf(ids.of(ids.of(owner)))).toBe(bucketOf(owner));
  });

  it('are whole for JSON until the forties, and larger than any of the seed', () => {
    for (const now of [NOW, Date.UTC(2042, 0, 1)]) {
      const id = createIds(1023, () => now).of(63);
      expect(Number.isSafeInteger(id)).toBe(true);
      expect(id).toBeGreaterThan(MAX_SEEDED);
    }
  });

  it('grow, and differ in a burst, between processes and when the clock is set back', () => {
    let now = NOW;
    const one = createIds(1, () => now);
    const other = createIds(2, () => now);
    const made = Array.from({ length: 500 }, () => one.of(7));
    now -= 60_000;
    made.push(one.of(7));
    expect(made).toEqual(made.toSorted((a, b) => a - b));
    expect(new Set([...made, ...Array.from({ length: 500 }, () => other.of(7))]).size).toBe(1_001);
  });

  it('tell when they were made', () => {
    const id = createIds(1023, () => NOW).of(63);
    expect(firstIdAt(NOW)).toBeLessThanOrEqual(id);
    expect(firstIdAt(NOW + 4)).toBeGreaterThan(id);
  });

  it('of new owners are spread evenly over the buckets', () => {
    let at = 0;
    const ids = createIds(
      0,
      () => NOW,
      () => (at++ % 1_000) / 1_000,
    );
    const counts = new Array<number>(BUCKETS).fill(0);
    for (let index = 0; index < 1_000; index += 1) {
      const bucket = bucketOf(ids.owner());
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(16);
  });
});

it('takes the number of a process from its address', () => {
  expect([nodeOf('127.7.0.2'), nodeOf('127.7.1.2'), nodeOf('127.7.255.255')]).toEqual([2, 258, 1023]);
  expect(() => nodeOf('localhost')).toThrow(/localhost/);
});
