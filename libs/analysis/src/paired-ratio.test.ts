import { describe, expect, it } from '@jest/globals';
import { pairedRatio, studentT975 } from './paired-ratio.ts';

describe('the ratio of pairs', () => {
  it('is the geometric mean, with the t interval of the log ratios', () => {
    // Log ratios -0.1, -0.2, -0.3: mean -0.2, standard error 0.1/√3, t(2) 4.303.
    const pairs = [-0.1, -0.2, -0.3].map((log) => ({ value: 100 * Math.exp(log), against: 100 }));
    const found = pairedRatio(pairs);
    expect(found?.ratio).toBeCloseTo(Math.exp(-0.2), 10);
    expect(found?.interval[0]).toBeCloseTo(Math.exp(-0.2 - (4.303 * 0.1) / Math.sqrt(3)), 10);
    expect(found?.interval[1]).toBeCloseTo(Math.exp(-0.2 + (4.303 * 0.1) / Math.sqrt(3)), 10);
    expect(found?.n).toBe(3);
  });

  it('is not moved by a drift that hits both, nor by one that grows when the order alternates', () => {
    const speed = (position: number): number => 1000 * (1 + 0.02 * position);
    // The true ratio is 0.9; positions are those of ABBA.
    const pairs = [0, 1, 2, 3].map((pair) => {
      const [value, against] = pair % 2 === 0 ? [2 * pair, 2 * pair + 1] : [2 * pair + 1, 2 * pair];
      return { value: 0.9 * speed(value), against: speed(against) };
    });
    expect(pairedRatio(pairs)?.ratio).toBeCloseTo(0.9, 2);
  });

  it('needs two pairs', () => {
    expect(pairedRatio([])).toBeNull();
    expect(pairedRatio([{ value: 1, against: 1 }])).toBeNull();
  });
});

describe("Student's t", () => {
  it.each([
    [1, 12.706],
    [4, 2.776],
    [11, 2.201],
    [23, 2.069],
    [60, 2.0],
    [1000, 1.962],
  ])('at %i degrees of freedom is %f', (degrees, expected) => {
    expect(studentT975(degrees)).toBeCloseTo(expected, 3);
  });
});
