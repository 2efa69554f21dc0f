import { describe, expect, it } from '@jest/globals';
import { above, allHold, atLeast, atMost, between } from './bound.ts';

describe('a value held to a bound', () => {
  it('may be equal to it', () => {
    expect(atLeast(2, 2)).toEqual({ holds: true, bounds: [{ value: 2, bound: 2, side: 'least' }] });
    expect(atMost(2, 2).holds).toBe(true);
    expect(atLeast(1.9, 2).holds).toBe(false);
    expect(atMost(2.1, 2).holds).toBe(false);
  });

  it.each([
    [{ least: 1, most: 3 }, ['least', 'most']],
    [{ least: 0, most: 3 }, ['most']],
    [{ least: 1, most: null }, ['least']],
    [{ least: 0, most: null }, []],
  ])('between %o has the bounds that can be passed', (range, sides) => {
    const held = between(2, range);
    expect(held.holds).toBe(true);
    expect(held.bounds.map(({ side }) => side)).toEqual(sides);
  });

  it('as a share has no upper bound of 1', () => {
    expect(between(0.8, { least: 0.7, most: 1 }, { ceiling: 1 }).bounds).toHaveLength(1);
  });

  it('is above another by their difference, and not when equal', () => {
    expect(above(3, 2)).toEqual({ holds: true, bounds: [{ value: 1, bound: 0, side: 'least' }] });
    expect(above(2, 2).holds).toBe(false);
    expect(above(1, 2).holds).toBe(false);
  });

  it('holds with others when each does', () => {
    expect(allHold(atLeast(2, 1), atMost(2, 1))).toMatchObject({ holds: false, bounds: [{ side: 'least' }, { side: 'most' }] });
    expect(allHold()).toEqual({ holds: true, bounds: [] });
  });
});
