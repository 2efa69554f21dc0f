import { mkdtempSync, rmSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Bound, ExperimentOutcome } from '@loadstair/experiments';
import { claimsOf, hasRoom, isKept } from './claims.ts';
import { keepTrial, makeTrial, MOST_REPEATS, readTrials, type Trial } from './trials.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-claims-'));
afterAll(() => rmSync(folder, { recursive: true }));

function trial(value: number, { side = 'most', bound = 2, ...given }: Partial<Trial & Bound> = {}): Trial {
  const holds = side === 'most' ? value <= bound : value >= bound;
  return {
    experiment: 'e',
    inputs: 'same',
    seed: 1,
    run: 'r',
    kind: holds ? 'held' : 'not-held',
    refusals: [],
    results: [{ about: 'ratio', measured: '', holds, bounds: [{ value, bound, side }] }],
    ...given,
  };
}

describe('an expectation over several trials', () => {
  it('has its mean, its deviation, and how many of them lie between the mean and the bound', () => {
    const { claims } = claimsOf('e', [trial(1.1), trial(1.3), trial(1.5)]);
    expect(claims).toEqual([
      {
        about: 'ratio',
        held: 3,
        of: 3,
        nearest: { mean: expect.closeTo(1.3), sd: expect.closeTo(0.2), bound: 2, side: 'most', margin: expect.closeTo(3.5) },
      },
    ]);
    expect(claims.every(hasRoom)).toBe(true);
  });

  it('measures the margin upwards from a lower bound, and negative past it', () => {
    const marginOf = (...values: readonly number[]) =>
      claimsOf(
        'e',
        values.map((value) => trial(value, { side: 'least' })),
      ).claims[0]?.nearest?.margin;
    expect(marginOf(3, 5)).toBeCloseTo(2 / Math.SQRT2);
    expect(marginOf(0, 2)).toBeCloseTo(-1 / Math.SQRT2);
  });

  it('counts the room of each trial where the bound is a prediction of its own', () => {
    const margin = claimsOf('e', [trial(8, { bound: 10 }), trial(28, { bound: 31 }), trial(1, { bound: 2 })]).claims[0]?.nearest;
    expect(margin).toMatchObject({ mean: expect.closeTo(37 / 3), bound: expect.closeTo(43 / 3), margin: expect.closeTo(2) });
  });

  it('is told by the bound that lies nearest', () => {
    const both = (value: number): Trial => {
      const one = trial(value, { side: 'least', bound: 0 });
      return {
        ...one,
        results: one.results.map((result) => ({ ...result, bounds: [...result.bounds, { value, bound: 12, side: 'most' as const }] })),
      };
    };
    expect(claimsOf('e', [both(9), both(11)]).claims[0]?.nearest).toMatchObject({ bound: 12, side: 'most' });
  });

  it('is exact where every trial gave the same, and has no margin after one', () => {
    expect(claimsOf('e', [trial(2), trial(2)]).claims[0]?.nearest?.margin).toBe('exact');
    expect(claimsOf('e', [trial(3), trial(3)]).claims[0]?.nearest?.margin).toBe(-Infinity);
    expect(claimsOf('e', [trial(1)]).claims[0]?.nearest?.margin).toBeNull();
  });

  it('is kept when all were accepted, each held, and with room', () => {
    expect(isKept(claimsOf('e', [trial(1), trial(1.1)]))).toBe(true);
    expect(isKept(claimsOf('e', [trial(1), trial(2.1)]))).toBe(false);
    expect(isKept(claimsOf('e', [trial(1.2), trial(1.9)]))).toBe(false);
    expect(isKept(claimsOf('e', [trial(1), trial(1), { ...trial(1), kind: 'refused', refusals: ['A', 'A', 'A'] }]))).toBe(false);
    expect(isKept(claimsOf('e', []))).toBe(false);
  });

  it('counts runs that were refused beside those that were accepted', () => {
    const claims = claimsOf('e', [
      { ...trial(1), refusals: ['GEN_CPU'] },
      { ...trial(1), kind: 'refused', refusals: ['A', 'B', 'C'] },
    ]);
    expect(claims).toMatchObject({ refusedRuns: 4, refusedTrials: 1, trials: 2, claims: [{ of: 1, held: 1 }] });
  });
});

describe('a trial', () => {
  const outcome = (kind: ExperimentOutcome['kind'], holds: boolean | null): ExperimentOutcome => ({
    schema: 1,
    experiment: 'e',
    stage: 1,
    title: '',
    quick: true,
    kind,
    results: [{ about: 'a', expected: '', measured: 'too few', holds, bounds: [], details: [], values: {} }],
    checks: [],
    table: null,
  });
  const made = async (...kinds: readonly ExperimentOutcome['kind'][]): Promise<{ readonly trial: Trial | null; readonly runs: number }> => {
    let runs = 0;
    const trial = await makeTrial({ experiment: 'e', inputs: 'i', seed: 3 }, async () => {
      const kind = kinds[runs];
      runs += 1;
      return kind === undefined ? null : { run: String(runs), outcome: outcome(kind, kind === 'refused' ? null : kind === 'held') };
    });
    return { trial, runs };
  };

  it('is not made again because something did not hold', async () => {
    expect(await made('not-held', 'held')).toMatchObject({ runs: 1, trial: { kind: 'not-held', run: '1', refusals: [] } });
  });

  it('is made again when it was refused, and that is counted', async () => {
    expect(await made('refused', 'held')).toMatchObject({ runs: 2, trial: { kind: 'held', run: '2', refusals: ['too few'] } });
  });

  it('is given up after so many repeats', async () => {
    const { trial, runs } = await made('refused', 'refused', 'refused', 'held');
    expect({ runs, kind: trial?.kind, refusals: trial?.refusals.length }).toEqual({
      runs: 1 + MOST_REPEATS,
      kind: 'refused',
      refusals: 1 + MOST_REPEATS,
    });
  });

  it('is none when it was interrupted', async () => {
    expect(await made()).toEqual({ trial: null, runs: 1 });
  });

  it('is read again as it was kept, and a line that is not whole is passed over', () => {
    const file = join(folder, 'new', 'trials.ndjson');
    expect(readTrials(file)).toEqual([]);
    keepTrial(file, trial(1));
    appendFileSync(file, '{"experiment":"e","inp');
    expect(readTrials(file)).toEqual([trial(1)]);
  });
});
