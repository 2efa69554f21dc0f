import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrivalsOf, dueTimes, journeysOf, leadS, ownLeadS, random, type ScheduledStep } from './schedule.ts';

const step = (rate: number, holdS: number, index = 3): ScheduledStep => ({ index, rate, holdS });

/** Largest distance between the empirical distribution of sorted values in 0–1 and the one given. */
function kolmogorov(sorted: readonly number[], cumulative: (value: number) => number): number {
  return Math.max(
    ...sorted.map((value, index) => Math.max((index + 1) / sorted.length - cumulative(value), cumulative(value) - index / sorted.length)),
  );
}

describe('random', () => {
  it('gives the numbers of Mulberry32', () => {
    // Python, with whole numbers masked to 32 bits:
    //   a = (a + 0x6d2b79f5) & M; t = (a ^ a>>15) * (1|a) & M; t = (t + ((t ^ t>>7) * (61|t) & M) & M) ^ t; (t ^ t>>14) / 2**32
    const golden: readonly [number, readonly number[]][] = [
      [1, [0.6270739405881613, 0.002735721180215478, 0.5274470399599522, 0.9810509674716741]],
      [42, [0.6011037519201636, 0.44829055899754167, 0.8524657934904099, 0.6697340414393693]],
      [4294967295, [0.8964226141106337, 0.189478256739676, 0.7156526781618595, 0.9440599093213677]],
    ];
    for (const [seed, numbers] of golden) {
      const next = random(seed);
      expect(numbers.map(() => next())).toEqual(numbers);
    }
  });
});

describe('due times', () => {
  it('are exactly as many as the load asks for, ascending, inside the step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 20 }),
        (seed, tenths, holdS) => {
          const own = step(tenths / 10, holdS);
          const due = dueTimes(seed, own);
          expect(due).toHaveLength(Math.round((tenths / 10) * holdS));
          expect(due).toEqual(due.toSorted((a, b) => a - b));
          expect(due.every((ms) => ms >= 0 && ms < holdS * 1000)).toBe(true);
        },
      ),
    );
  });

  it('are the sorted numbers of the seed, so k6 and Node know the same plan', () => {
    // The same Python with seed 42·1000 + 3: the first four of a step of 0.4/s over 10 s, sorted, ms.
    const golden = [0.2562471223063767, 0.2907434601802379, 0.3815210845787078, 0.6007241024635732].map((share) => share * 10_000);
    dueTimes(42, step(0.4, 10)).forEach((ms, index) => expect(ms).toBeCloseTo(golden[index] as number, 9));
    // k6 has no packages: the file it runs must bring everything with it.
    const source = readFileSync(join(import.meta.dirname, 'schedule.ts'), 'utf8');
    expect(source).not.toMatch(/^import |require\(|process\.|Math\.random|Date\b/m);
    expect(readFileSync(join(import.meta.dirname, '../main.ts'), 'utf8')).toContain("'./lib/schedule.ts'");
  });

  it.each([1, 2, 3, 42, 1000])('are uniform over the step, their gaps exponential (seed %i)', (seed) => {
    const own = step(40, 15);
    const due = dueTimes(seed, own);
    // scipy.stats.kstwo.ppf(.9999, 600) = 0.0905
    expect(
      kolmogorov(
        due.map((ms) => ms / 15_000),
        (share) => share,
      ),
    ).toBeLessThan(0.0905);
    const gaps = due.slice(1).map((ms, index) => (ms - (due[index] as number)) / 25);
    // scipy.stats.kstwo.ppf(.9999, 599) = 0.0906. Evenly spaced arrivals, as k6 alone makes them, are 0.63 away.
    expect(
      kolmogorov(
        gaps.toSorted((a, b) => a - b),
        (gap) => 1 - Math.exp(-gap),
      ),
    ).toBeLessThan(0.0906);
  });

  it('of neighbouring steps and seeds are not alike', () => {
    expect(dueTimes(1, step(10, 10, 1))).not.toEqual(dueTimes(1, step(10, 10, 2)));
    expect(dueTimes(1, step(10, 10, 1))).not.toEqual(dueTimes(2, step(10, 10, 1)));
  });
});

describe('the lead', () => {
  const own = step(30, 10);
  /** How far the earliest due time lies before its even place, in units of √(hold/rate). */
  const earliest = (seed: number): number =>
    Math.max(...dueTimes(seed, own).map((ms, index) => index / own.rate - ms / 1000)) / Math.sqrt(own.holdS / own.rate);

  it('covers every arrival of 2,000 steps', () => {
    const worst = Math.max(...Array.from({ length: 2000 }, (_, seed) => earliest(seed)));
    expect(worst * Math.sqrt(own.holdS / own.rate)).toBeLessThan(leadS(own));
    expect(leadS(step(0, 10))).toBe(0);
  });

  it('of a step of its own covers all its arrivals with half a second to spare, and is never longer than that of the unluckiest', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const lead = ownLeadS(seed, own);
      const spare = Math.min(...dueTimes(seed, own).map((ms, index) => lead + ms / 1000 - index / own.rate));
      expect(spare).toBeGreaterThan(Math.min(0.5, leadS(own) - earliest(seed) * Math.sqrt(own.holdS / own.rate)) - 1e-9);
      expect(lead).toBeLessThanOrEqual(leadS(own));
    }
    // Ten arrivals in twenty seconds: the unluckiest step would begin 14.5 s early.
    const low = Array.from({ length: 500 }, (_, seed) => ownLeadS(seed, step(0.5, 20)));
    expect(low.reduce((sum, one) => sum + one, 0) / low.length).toBeLessThan(leadS(step(0.5, 20)) / 2);
    expect(ownLeadS(1, step(0, 10))).toBe(0);
  });

  it('is exceeded as seldom as a Brownian bridge says', () => {
    const beyond = Array.from({ length: 2000 }, (_, seed) => earliest(seed)).filter((one) => one > 1).length / 2000;
    // scipy.stats.ksone.sf(1/sqrt(300), 300) = 0.1302; five standard errors of 2,000 draws are 0.038.
    expect(Math.abs(beyond - 0.1302)).toBeLessThan(0.038);
  });
});

describe('journeys', () => {
  it('have exact shares by largest remainders, in an order of their own', () => {
    const own = step(10, 10);
    const order = journeysOf(7, own, { browse: 0.5, read: 0.335, buy: 0.165 });
    const count = (name: string): number => order.filter((one) => one === name).length;
    // 100 arrivals: 50, 33.5, 16.5; the one left over goes to the larger remainder, on a tie to the one named first.
    expect([count('browse'), count('read'), count('buy')]).toEqual([50, 34, 16]);
    expect(journeysOf(7, own, { browse: 0.5, read: 0.335, buy: 0.165 })).toEqual(order);
    expect(journeysOf(8, own, { browse: 0.5, read: 0.335, buy: 0.165 })).not.toEqual(order);
    // Shuffled, not in blocks: both halves hold about as many of each.
    const early = order.slice(0, 50).filter((one) => one === 'browse').length;
    expect(early).toBeGreaterThan(13);
    expect(early).toBeLessThan(37);
  });

  it('are as many as arrivals, each within one of its share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 900 }),
        (weights, count) => {
          const total = weights.reduce((sum, one) => sum + one, 0);
          const shares: Record<string, number> = Object.fromEntries(weights.map((weight, index) => [`j${index}`, weight / total]));
          const own = step(count / 10, 10);
          const order = journeysOf(1, own, shares);
          expect(order).toHaveLength(arrivalsOf(own));
          for (const [name, share] of Object.entries(shares)) {
            expect(Math.abs(order.filter((one) => one === name).length - share * order.length)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
