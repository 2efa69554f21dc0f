import { describe, expect, it } from '@jest/globals';
import { DATABASE_CPU, STALE_ANSWERS, type Curve } from './curve.ts';
import { judge } from './judge.ts';
import { experiment, host, observed, phase, seen, steady } from './testing/observed.ts';

const CURVE: Curve = { over: 'time to live', unit: 's', at: { b: 10, a: 1, later: 60 }, lines: [STALE_ANSWERS, DATABASE_CPU] };
const drawn = (phases: Parameters<typeof observed>[0]) =>
  judge({ ...experiment([phase('a'), phase('b')]), curve: CURVE }, false, observed(phases), []).curve;

describe('a curve', () => {
  it('has a point for every phase in which something was measured, ascending by what was changed', () => {
    const database = host('db-1', { group: 'db', cores: 0.04 });
    expect(drawn({ phases: [seen('b', 0, steady({ stale: 16 })), seen('a', 1, steady({ stale: 0, hosts: [database] }))] })).toEqual({
      over: 'time to live',
      unit: 's',
      lines: [
        {
          title: 'stale answers',
          unit: '%',
          points: [
            { at: 1, phase: 'a', value: 0 },
            { at: 10, phase: 'b', value: 10 },
          ],
        },
      ],
    });
  });

  it('is none of one point, and where the experiment changes nothing', () => {
    expect(drawn({ phases: [seen('a', 0, steady({ stale: 1 })), seen('b', 1, null)] })).toBeUndefined();
    expect(judge(experiment([phase('a')]), false, observed(), [])).not.toHaveProperty('curve');
  });
});
