import { describe, expect, it } from '@jest/globals';
import { ringOf } from './ring.ts';

const keys = Array.from({ length: 5_000 }, (_, index) => `popular:${index}`);
const sharesOf = (hosts: readonly string[]): Map<string, number> => {
  const ring = ringOf(hosts);
  const shares = new Map(hosts.map((host) => [host, 0]));
  for (const key of keys) shares.set(ring.hostOf(key) as string, (shares.get(ring.hostOf(key) as string) ?? 0) + 1 / keys.length);
  return shares;
};

describe('a ring', () => {
  it('has no host for a key where there is none', () => {
    expect(ringOf([]).hostOf('a')).toBeNull();
  });

  it.each([2, 3, 8])('gives each of %d hosts about as many keys', (count) => {
    const hosts = Array.from({ length: count }, (_, index) => `cache-${index + 1}`);
    for (const share of sharesOf(hosts).values()) {
      expect(share * count).toBeGreaterThan(0.75);
      expect(share * count).toBeLessThan(1.25);
    }
  });

  it('gives each of two hosts about half of the 200 favourites, which experiments need that fill them to the brim', () => {
    const ring = ringOf(['cache-1', 'cache-2']);
    const first = keys.slice(1, 201).filter((key) => ring.hostOf(key) === 'cache-1');
    expect(first.length).toBeGreaterThan(90);
    expect(first.length).toBeLessThan(110);
  });

  it('is the same for everybody, in whatever order hosts came', () => {
    const [one, other] = [ringOf(['cache-1', 'cache-2', 'cache-3']), ringOf(['cache-3', 'cache-1', 'cache-2'])];
    expect(keys.filter((key) => one.hostOf(key) !== other.hostOf(key))).toEqual([]);
  });

  it('moves no key but those of the host that went, and those to the rest', () => {
    const [before, after] = [ringOf(['cache-1', 'cache-2', 'cache-3']), ringOf(['cache-1', 'cache-3'])];
    const moved = keys.filter((key) => before.hostOf(key) !== after.hostOf(key));
    expect(moved.every((key) => before.hostOf(key) === 'cache-2')).toBe(true);
    expect(new Set(moved.map((key) => after.hostOf(key)))).toEqual(new Set(['cache-1', 'cache-3']));
  });
});
