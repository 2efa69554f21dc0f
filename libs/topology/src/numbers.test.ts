import { describe, expect, it } from '@jest/globals';
import { MAX_NUMBER, nextNumber, NoNumberLeft } from './numbers.ts';
import { placeHost } from './place.ts';
import type { Tier } from './topology.ts';

const tier: Tier = {
  name: 'web',
  count: 1,
  cpu: 1,
  memoryMiB: 256,
  components: ['site'],
  settings: {},
  public: false,
  distanceMs: 0,
};

describe('nextNumber', () => {
  it('gives 400 replaced hosts addresses that exist, each as late again as can be', () => {
    const used = new Set([1, 2, 3]);
    const given = [1, 2, 3];
    for (let replaced = 0; replaced < 400; replaced += 1) {
      const number = nextNumber(used, given.at(-1) as number);
      expect(used.has(number)).toBe(false);
      const { address } = placeHost({ instance: 7 }, '/lab', tier, replaced + 4, number);
      expect(address).toMatch(/^127\.7\.0\.([1-9]\d?|1\d\d|2[0-4]\d|25[0-4])$/);
      // The first host stays; of the others, the oldest goes.
      used.add(number);
      used.delete(given.at(-2) === 1 ? 2 : (given.at(-2) as number));
      given.push(number);
      expect(given.slice(-250, -1)).not.toContain(number);
    }
    expect(used.has(1)).toBe(true);
  });

  it('refuses when every address has a host', () => {
    const all = new Set(Array.from({ length: MAX_NUMBER }, (_, index) => index + 1));
    expect(() => nextNumber(all, 9)).toThrow(NoNumberLeft);
    expect(() => placeHost({ instance: 7 }, '/lab', tier, 1, 255)).toThrow(NoNumberLeft);
  });
});
