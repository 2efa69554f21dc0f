import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { findOnset, fromStored, loadSteps, quantile, type RunData, type StepData, type StoredRunData } from '@loadstair/analysis';
import { simulate } from '../run/simulate.ts';
import { fitTo, sameRun } from './fit.ts';

/** How far the model may lie from a recorded run; docs/decisions/simulated-runs-score-the-verdicts.md has what was seen. */
const BUSY_WITHIN = 0.18;
const THROTTLED_WITHIN = 0.25;
const ONSET_WITHIN = 0.25;
const P95_FACTOR = 4;
const SEEDS = [1, 2, 3, 4, 5] as const;

const recorded = (name: string): RunData => {
  const file = new URL(`../../../analysis/fixtures/${name}.json.gz`, import.meta.url);
  return fromStored((JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { run: StoredRunData }).run);
};
const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

describe.each(['stage-1-quick-cpu', 'stage-2-quick-web-cpu', 'stage-3-quick-db-cpu'])('the model of %s', (name) => {
  const real = recorded(name);
  const { model } = fitTo(real);
  const runs = SEEDS.map((seed) => simulate(sameRun(real, model, seed)));
  const like = (step: StepData): StepData[] => runs.flatMap((run) => run.steps.filter((own) => own.index === step.index));
  const onset = findOnset(real);
  const held = loadSteps(real).filter((step) => step.offered < (onset?.firstFail ?? 0));
  const limited = real.resources.filter((resource) => resource.kind === 'cpu');

  it('uses the CPU of every host as the recorded run did', () => {
    for (const step of held) {
      for (const cpu of limited) {
        const of = (own: StepData): number => own.use.find((use) => use.resource === cpu.id)?.busy ?? 0;
        expect(Math.abs(middle(like(step).map(of)) - of(step))).toBeLessThan(BUSY_WITHIN);
      }
    }
  });

  it('is stopped by the quota as often, in the middle of all hosts and steps', () => {
    const off = held.flatMap((step) =>
      limited.map((cpu) => {
        const of = (own: StepData): number => {
          const use = own.use.find(({ resource }) => resource === cpu.id);
          return use?.kind === 'cpu' ? (use.throttledShare ?? 0) : 0;
        };
        return Math.abs(middle(like(step).map(of)) - of(step));
      }),
    );
    expect(middle(off)).toBeLessThan(THROTTLED_WITHIN);
  });

  it('is as slow, in the middle of the steps that held', () => {
    const p95 = (own: StepData): number => quantile(own.load.latency, real.profile.slo.quantile) ?? 0;
    const factors = held.map((step) => Math.abs(Math.log(middle(like(step).map(p95)) / p95(step))));
    expect(middle(factors)).toBeLessThan(Math.log(P95_FACTOR));
  });

  it('stops holding the SLO at the same load', () => {
    if (onset === null) throw new Error('the recorded run has no onset');
    const found = runs.flatMap((run) => findOnset(run)?.load ?? []);
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(Math.abs(Math.log(middle(found) / onset.load))).toBeLessThan(ONSET_WITHIN);
  });
});
