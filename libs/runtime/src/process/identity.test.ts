import { describe, expect, it } from '@jest/globals';
import { NoUserIds, userIds } from './identity.ts';

const EVERYTHING = '         0          0 4294967295\n';

describe('user ids of an instance', () => {
  it('are high ones that nobody has, another for each host and part', () => {
    const ids = userIds(3, EVERYTHING);
    const all = [...[1, 2, 254].map((number) => ids.host(number)), ids.part('clients'), ids.part('prometheus'), ids.part('proxies')];
    expect(new Set(all).size).toBe(all.length);
    expect(Math.min(...all)).toBeGreaterThan(0x7000_0000);
    expect(all.every((id) => id >= ids.first && id <= ids.last)).toBe(true);
  });

  it('do not overlap between instances', () => {
    for (const map of [EVERYTHING, '0 100000 65536\n']) {
      expect(userIds(4, map).first).toBe(userIds(3, map).last + 1);
      expect(userIds(120, map).part('proxies')).toBeLessThanOrEqual(userIds(120, map).last);
    }
  });

  it('are low ones where a container maps few', () => {
    expect(userIds(120, '0 100000 65536\n').last).toBeLessThan(65_536);
    expect(userIds(1, '0 1000 1\n1 100000 65536\n').first).toBeLessThan(65_536);
  });

  it('are refused where a container maps hardly any', () => {
    expect(() => userIds(1, '0 1000 1\n')).toThrow(NoUserIds);
  });
});
