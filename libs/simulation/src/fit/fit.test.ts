import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { findOnset, loadSteps, stepHolds, type RunData, type StepData } from '@loadstair/analysis';
import { simulate } from '../run/simulate.ts';
import { fitTo, sameRun } from './fit.ts';

/** How far the model may lie from a recorded run; docs/decisions/simulated-cases.md has what was seen. */
const BUSY_WITHIN = 0.12;
const THROTTLED_WITHIN = 0.35;
const ONSET_WITHIN = 0.25;
const SEEDS = [1, 2, 3, 4, 5] as const;

const recorded = (name: string): RunData => {
  const file = new URL(`../../../analysis/fixtures/${name}.json.gz`, import.meta.url);
  return (JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { run: RunData }).run;
};
const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

describe.each(['stage-1-quick-cpu', 'stage-2-quick-web-cpu', 'stage-3-quick-db-cpu'])('the model of %s', (name) => {
  const real = recorded(name);
  const { model } = fitTo(real);
  const runs = SEEDS.map((seed) => simulate(sameRun(real, model, seed)));
  const like = (step: StepData): StepData[] => runs.flatMap((run) => run.steps.filter((own) => own.index === step.index));
  const onset = findOnset(real);
  const limited = real.resources.filter((resource) => resource.kind === 'cpu');

  it('uses the CPU of every host as the recorded run did', () => {
    for (const step of loadSteps(real).filter((own) => own.offered <= (onset?.firstFail ?? 0))) {
      for (const cpu of limited) {
        const of = (own: StepData): number => own.use.find((use) => use.resource === cpu.id)?.busy ?? 0;
        expect(Math.abs(middle(like(step).map(of)) - of(step))).toBeLessThan(BUSY_WITHIN);
      }
    }
  });

  it('is stopped by the quota as often', () => {
    for (const step of loadSteps(real).filter((own) => own.offered <= (onset?.firstFail ?? 0))) {
      for (const cpu of limited) {
        const of = (own: StepData): number => own.use.find((use) => use.resource === cpu.id)?.throttledShare ?? 0;
        expect(Math.abs(middle(like(step).map(of)) - of(step))).toBeLessThan(THROTTLED_WITHIN);
      }
    }
  });

  it('stops holding the SLO at the same load', () => {
    const first = loadSteps(real)[0];
    if (onset === null || first === undefined) throw new Error('the recorded run has no onset');
    const { slo } = real.profile;
    const far = loadSteps(real).find((step) => step.offered >= onset.load * (1 + ONSET_WITHIN)) ?? loadSteps(real).at(-1);
    const near = loadSteps(real).findLast((step) => step.offered <= onset.load * (1 - ONSET_WITHIN)) ?? first;
    const held = (step: StepData | undefined): number =>
      step === undefined ? 0 : like(step).filter((own) => stepHolds(own, slo).holds).length;
    expect(held(near)).toBeGreaterThanOrEqual(4);
    expect(held(far)).toBeLessThanOrEqual(1);
  });
});
