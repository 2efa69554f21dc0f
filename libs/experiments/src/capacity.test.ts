import { describe, expect, it } from '@jest/globals';
import { capacityRatio } from './expectations/capacity-ratio.ts';
import { cheaperArrival } from './expectations/cheaper-arrival.ts';
import { splitsCpu } from './expectations/cpu-split.ts';
import { judge } from './judge.ts';
import type { Steady } from './observed.ts';
import { experiment, host, observed, phase, seen, steady } from './testing/observed.ts';

describe('CPU', () => {
  it.each([
    [{ web: 0.04, database: 0.02 }, true, 'web 67 %, database 33 %'],
    [{ web: 0.095, database: 0.005 }, false, 'web 95 %, database 5 %'],
    [{ site: 0.04 }, null, 'CPU time by component was not measured'],
  ])('splits %j', (byComponent, holds, measured) => {
    const hosts = [host('server-1', { byComponent })];
    const result = splitsCpu({ phase: 'a', tier: 'server', least: 0.1 }).judge(observed({ phases: [seen('a', 0, steady({ hosts }))] }));
    expect(result).toMatchObject({ holds, measured });
  });

  it.each([
    { own: [0.005, 0.006], other: [0.01, 0.01], holds: true, ratio: 0.55 },
    { own: [0.01, 0.012], other: [0.01, 0.01], holds: false, ratio: 1.1 },
    { own: [0.005], other: [0.01], holds: null, ratio: undefined },
  ])('per read: $own against $other', ({ own, other, holds, ratio }) => {
    const phases = [
      ...own.map((cores, index) => seen(`document ${index}`, index, steady({ hosts: [host('db-1', { cores })] }))),
      ...other.map((cores, index) => seen(`relational ${index}`, index, steady({ hosts: [host('db-1', { cores })] }))),
    ];
    const result = cheaperArrival({ tier: 'db', phases: 'document', than: 'relational' }).judge(observed({ phases }));
    expect(result.holds).toBe(holds);
    if (ratio !== undefined) expect(result.values['ratio']).toBeCloseTo(ratio);
  });
});

describe('capacity', () => {
  const full = (load: number, pricePerMonth: number): Steady =>
    steady({
      hosts: [host('web-1', { cores: 0.03 }), host('web-2', { cores: 0.01 })],
      saturation: { web: { load, interval: [load * 0.95, load * 1.05] } },
      pricePerMonth,
    });
  const both = observed({ phases: [seen('a', 0, full(80, 20)), seen('b', 1, full(40, 12))] });

  it.each([
    [1.5, 2.5, true],
    [2.1, 3, false],
    [1, 1.9, false],
  ])('twice is between %d and %d: %s', (least, most, holds) => {
    const result = capacityRatio({ tier: 'web', phase: 'a', to: 'b', least, most }).judge(both);
    expect(result).toMatchObject({ holds, values: { ratio: 2 } });
    // As far as the two intervals allow at the most.
    expect(result.values['ratioLow']).toBeCloseTo(2 * (0.95 / 1.05));
    expect(result.values['ratioHigh']).toBeCloseTo(2 * (1.05 / 0.95));
  });

  it('lays all side by side, with what the load costs in CPU and money', () => {
    const ratio = capacityRatio({ tier: 'web', phase: 'a', to: 'b', least: 1, most: 3 });
    expect(judge(experiment([phase('a'), phase('b')], ratio), false, both, []).table).toEqual({
      head: ['', 'web tier full at', 'CPU/arrival', 'a month', 'for 100/s'],
      rows: [
        ['a', '80.0/s (76.0–84.0)', '2.00 ms', '20.00', '25.00'],
        ['b', '40.0/s (38.0–42.0)', '2.00 ms', '12.00', '30.00'],
      ],
    });
  });

  it('is not told without a measurement', () => {
    expect(capacityRatio({ tier: 'web', phase: 'a', to: 'b', least: 1, most: 2 }).judge(observed()).holds).toBeNull();
  });
});
