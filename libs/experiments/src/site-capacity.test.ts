import { describe, expect, it } from '@jest/globals';
import { siteCapacity } from './expectations/site-capacity.ts';
import { observed, seen, steady } from './testing/observed.ts';

type Full = readonly [load: number, spread: number];
const full = ([load, spread]: Full) => ({ load, interval: [load - spread, load + spread] as const });
const phases = (before: Readonly<Record<string, Full>>, after: Readonly<Record<string, Full>>) => {
  const all = (one: Readonly<Record<string, Full>>) => Object.fromEntries(Object.entries(one).map(([tier, at]) => [tier, full(at)]));
  return observed({
    phases: [seen('as it is', 0, steady({ saturation: all(before) })), seen('doubled', 1, steady({ saturation: all(after) }))],
  });
};
const equal = siteCapacity({ phase: 'doubled', than: 'as it is', least: 0.8, most: 1.25 });
const more = siteCapacity({ phase: 'doubled', than: 'as it is', least: 1.2, most: null });

describe('capacity of a site', () => {
  it('is that of the tier that is full first', () => {
    const seenHere = phases({ web: [50, 2], db: [90, 4] }, { web: [51, 2], db: [180, 6] });
    expect(equal.judge(seenHere)).toMatchObject({ holds: true, values: { load: 51, otherLoad: 50, ratio: 1.02 } });
    expect(more.judge(seenHere).holds).toBe(false);
    expect(equal.table(seenHere)?.rows).toEqual([
      ['as it is', '50.0', '90.0', 'web'],
      ['doubled', '51.0', '180.0', 'web'],
    ]);
  });

  it('has grown up to what the next tier lets through', () => {
    const seenHere = phases({ web: [50, 2], db: [90, 4] }, { web: [105, 6], db: [88, 4] });
    expect(more.judge(seenHere)).toMatchObject({ holds: true, values: { load: 88 } });
    expect(equal.judge(seenHere).holds).toBe(false);
  });

  it('is equal only where it was measured well enough to say so', () => {
    expect(equal.judge(phases({ web: [50, 15] }, { web: [50, 15] })).holds).toBe(false);
    expect(more.judge(phases({ web: [50, 15] }, { web: [70, 21] })).holds).toBe(false);
  });

  it('has an interval that adds up in squares', () => {
    const { ratioLow, ratioHigh } = equal.judge(phases({ web: [50, 5] }, { web: [50, 5] })).values;
    expect(Number(ratioLow)).toBeCloseTo(Math.exp(-Math.hypot(Math.log(50 / 45), Math.log(55 / 50))));
    expect(Number(ratioHigh)).toBeCloseTo(1 / Number(ratioLow));
  });

  it('is not known where nothing was measured', () => {
    expect(equal.judge(phases({ web: [50, 5] }, {})).holds).toBeNull();
  });
});
