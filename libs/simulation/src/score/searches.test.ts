import { describe, expect, it } from '@jest/globals';
import { capacityOf, type RunData, type StepData } from '@loadstair/analysis';
import { TRIALS } from '@loadstair/load';
import { nextTrial } from '@loadstair/measure';
import { separateDatabase } from '@loadstair/stages/simulated';
import { searchesOf } from '../cases/searches.ts';
import { searchSheet } from './searches.ts';

const SEED = 3;
const PLANNED = TRIALS.shares.length;
const runs = [...searchesOf(separateDatabase, SEED, 12, PLANNED)];

describe('repeated searches of a simulated site', () => {
  const sheet = searchSheet([{ stage: 2, runs }]);
  const [score] = sheet.stages;

  it('find a capacity each, close to each other', () => {
    expect(score?.found.right).toBe(runs.length);
    // The whole is `./lab verify --simulated --capacity`, where it is 5 %; twelve searches alone show more than 1.7 times that once in a
    // thousand times (χ² with 11 degrees of freedom).
    expect(score?.cv).toBeLessThan(0.085);
    expect(score?.cv).toBeGreaterThan(0.002);
  });

  it('mostly lie in each other’s intervals, which are narrow', () => {
    // Of twelve intervals that cover 90 %, nine or more cover in all but 3 of 100 cases.
    expect(score?.covered.right).toBeGreaterThanOrEqual(9);
    expect(score?.width).toBeLessThan(0.15);
  });

  it('are the same again with the same seed', () => {
    const [again] = searchesOf(separateDatabase, SEED, 1, PLANNED);
    expect(again).toEqual(runs[0]);
  });
});

describe('the next trial of a search', () => {
  const run = runs[0] as RunData;
  const trials = run.steps.filter(({ kind }) => kind === 'trial');
  const climbed: RunData = { ...run, steps: run.steps.filter(({ kind }) => kind === 'idle' || kind === 'load') };
  const seed = Number(run.run.split('-').at(-1));
  const after = (...offered: readonly StepData[]): RunData => ({ ...climbed, steps: [...climbed.steps, ...offered] });
  const untrusted = (trial: StepData, laterMs = 0): StepData => ({
    ...trial,
    startMs: trial.startMs + laterMs,
    endMs: trial.endMs + laterMs,
    machine: { ...trial.machine, idle: 0.02, outside: 0.9 },
  });

  it('is as it was offered, around the capacity as known by then', () => {
    for (const [index, trial] of trials.entries()) expect(nextTrial(after(...trials.slice(0, index)), seed, PLANNED)).toBe(trial.offered);
    expect(nextTrial(after(...trials), seed, PLANNED)).toBeNull();
    const load = capacityOf(run)?.load ?? 0;
    for (const { offered } of trials.slice(2)) expect(Math.abs(Math.log(offered / load))).toBeLessThan(0.25);
  });

  it('repeats a load that could not be trusted, twice', () => {
    const [first] = trials as [StepData];
    expect(nextTrial(after(untrusted(first)), seed, PLANNED)).toBe(first.offered);
    expect(nextTrial(after(untrusted(first), untrusted(first, 1000)), seed, PLANNED)).toBe(first.offered);
    const thrice = nextTrial(after(untrusted(first), untrusted(first, 1000), untrusted(first, 2000)), seed, PLANNED);
    expect(thrice).not.toBe(first.offered);
  });

  it('is none where the climb met no limit', () => {
    expect(nextTrial({ ...climbed, steps: climbed.steps.slice(0, 2) }, 1, PLANNED)).toBeNull();
  });

  it('ends after as many loads as are planned', () => {
    expect(trials.length).toBeGreaterThanOrEqual(TRIALS.shares.length);
  });
});
