import { describe, expect, it } from '@jest/globals';
import { HostNumbers, MAX_NUMBER, NoNumberLeft, QUARANTINE_MS } from './numbers.ts';

const problem = (action: () => unknown): NoNumberLeft => {
  try {
    action();
  } catch (error) {
    return error as NoNumberLeft;
  }
  throw new Error('nothing was thrown');
};

describe('numbers of hosts', () => {
  it('are given to 400 replaced hosts, each as late again as can be', () => {
    let now = 0;
    const given = [1, 2, 3];
    const numbers = new HostNumbers(given, () => now);
    for (let replaced = 0; replaced < 400; replaced += 1) {
      now += 1000;
      const number = numbers.take();
      expect(number).toBeGreaterThan(0);
      expect(number).toBeLessThanOrEqual(MAX_NUMBER);
      given.push(number);
      // The first host stays; of the others, the oldest goes.
      numbers.giveBack(given[replaced + 1] as number);
      expect(given.slice(-250, -1)).not.toContain(number);
    }
    expect(given.slice(1)).not.toContain(1);
  });

  it('stay in quarantine after their host went', () => {
    let now = 0;
    const numbers = new HostNumbers([], () => now);
    const all = Array.from({ length: MAX_NUMBER }, () => numbers.take());
    expect(new Set(all).size).toBe(MAX_NUMBER);
    expect(problem(() => numbers.take())).toMatchObject({ name: 'NoNumberLeft', do: 'remove hosts first: ./lab scale <tier> 1' });
    numbers.giveBack(7);
    numbers.giveBack(7);
    now = QUARANTINE_MS - 1;
    expect(problem(() => numbers.take()).do).toBe('try again in 1 s');
    now = QUARANTINE_MS;
    expect(numbers.take()).toBe(7);
    expect(() => numbers.take()).toThrow(NoNumberLeft);
  });
});
