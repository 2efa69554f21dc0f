import { describe, expect, it } from '@jest/globals';
import { diagnose, type RunData } from '@loadstair/analysis';
import { Chance } from '@loadstair/simulation-engine';
import { replication } from '@loadstair/stages/simulated';
import { simulate } from '../run/simulate.ts';
import { runOf } from './case.ts';
import { noneCase } from './valid-cases.ts';

const LOAD = 60;
const DELAY_MS = 2_000;
const SEEDS = [1, 2, 3] as const;

/** The cause of its first round that is the CPU of a tier. */
function climb(seed: number, tier: string, change: { readonly replayDelayMs?: number } = {}): RunData {
  const chance = new Chance(seed);
  const base = { ...replication.site(chance, 'mixed', LOAD, 1.5), replayDelayMs: 0, ...change };
  const site = replication.singles
    .flat()
    .map(({ cause }) => cause(base, LOAD, chance))
    .find((one) => one?.cause.tier === tier)?.site;
  if (site === undefined) throw new Error('a CPU can always be made small');
  return simulate(runOf(replication, site, 'stage-4', seed, LOAD));
}

/** Bytes replicas were behind at the end of each step of load. */
const behindOf = (run: RunData): number[] =>
  run.steps
    .filter((step) => step.kind === 'load')
    .flatMap((step) => step.use.flatMap((use) => (use.kind === 'replay' ? [use.behindBytes ?? 0] : [])));

describe.each(SEEDS)('a simulated site with replicas, seed %i', (seed) => {
  it('is limited by the CPU of its replicas, which answer the reads', () => {
    expect(diagnose(climb(seed, 'db-replica'))).toMatchObject({ kind: 'named', tier: 'db-replica', resource: 'cpu' });
  });

  it('whose replicas replay late on purpose is limited by its web servers all the same', () => {
    const late = climb(seed, 'web', { replayDelayMs: DELAY_MS });
    const behind = behindOf(late);
    expect(behind.length).toBeGreaterThan(0);
    const prompt = behindOf(climb(seed, 'web'));
    const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length;
    // Writes of two seconds, against what is on its way.
    expect(mean(behind)).toBeGreaterThan(5_000);
    expect(mean(behind)).toBeGreaterThan(5 * mean(prompt));
    const verdict = diagnose(late);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web', resource: 'cpu', with: [] });
    if (verdict.kind !== 'named') return;
    expect(verdict.runnerUp?.resource).not.toBe('replay');
  });
});

it('an idle replica that is behind is no limit where nothing ran out', () => {
  const cases = SEEDS.map((seed) => noneCase(seed, 3));
  expect(cases.map(({ stage }) => stage)).toEqual([4, 4, 4]);
  for (const one of cases) expect(diagnose(simulate(one.run)).kind).toBe('none-in-range');
});
