import { describe, expect, it } from '@jest/globals';
import { diagnose, stepHolds, stepSummaries, verdictLines, type RunData } from '@loadstair/analysis';
import type { PlannedStep } from '@loadstair/load';
import { Chance, type Jobs } from '@loadstair/simulation-engine';
import { separateDatabase } from '@loadstair/stages/simulated';
import { runOf } from '../cases/case.ts';
import { simulate } from './simulate.ts';

const SEED = 3;
const LOADS = [12, 16, 20, 26, 34, 44];
const steps = LOADS.map((rate, index): PlannedStep => ({ index: index + 1, kind: 'load', rate, holdS: 18, settleS: 3 }));

/** A site that holds far more than these loads, where every third request makes a job. */
function climb(jobs: Jobs): RunData {
  const base = separateDatabase.site(new Chance(SEED), 'pages', 60, 2.5);
  const components = { ...base.model.components, site: { ...base.model.components['site'], jobs } };
  const site = { ...base, model: { ...base.model, components } };
  return simulate({ ...runOf(separateDatabase, site, 'jobs', SEED, 60), loads: { steps, endsAfter: 'two-failures' } });
}

describe('work that is accepted and done later', () => {
  it('leaves a site that finishes it as it was, and is accounted for', () => {
    const run = climb({ share: 0.3, cpuMs: 0.2, waitMs: 20, workers: 4 });
    expect(diagnose(run)).toMatchObject({ kind: 'none-in-range' });
    const [audit] = run.audit ?? [];
    expect(audit).toMatchObject({ twice: 0, lost: 0 });
    expect(audit?.accepted).toBeGreaterThan(500);
    expect((audit?.finished ?? 0) + (audit?.unfinished ?? 0)).toBe(audit?.accepted);
  });

  it('is where the site fails when its workers wait, although every answer comes in time', () => {
    // One worker finishes ten jobs a second; pages ask twice an arrival.
    const run = climb({ share: 0.3, cpuMs: 0.2, waitMs: 100, workers: 1 });
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web', resource: 'backlog', onset: { reason: 'backlog' } });
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    const failed = run.steps[verdict.onset.step] as RunData['steps'][number];
    expect(stepHolds(failed, run.profile.slo).quantileMs).toBeLessThan(run.profile.slo.latencyMs);
    expect(verdict.load).toBeGreaterThanOrEqual(verdict.onset.lastPass ?? 0);
    expect(verdict.load).toBeLessThan(verdict.onset.firstFail);
    expect(stepSummaries(run)[verdict.onset.step]?.unfinished).toBeGreaterThan(20);
    const text = verdictLines(verdict, run).join('\n');
    expect(text).toMatch(/because +accepted [\d.]+ jobs\/s and finished [\d.]+\/s in step \d/);
    expect(text).toMatch(/work +web-1\/backlog: [\d,]+ jobs accepted, [\d,]+ finished, [\d,]+ unfinished, none lost/);
  });

  it('is the fault of the CPU that does it where that is full', () => {
    const run = climb({ share: 0.3, cpuMs: 18, waitMs: 0, workers: 4 });
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web', resource: 'cpu' });
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(verdict.with.map(({ resource }) => resource)).not.toContain('backlog');
  });

  it('fails a promise of when it is finished, where there is one', () => {
    const run = climb({ share: 0.3, cpuMs: 0.2, waitMs: 2_000, workers: 200 });
    const last = run.steps.at(-1) as RunData['steps'][number];
    expect(stepHolds(last, run.profile.slo).holds).toBe(true);
    expect(stepHolds(last, { ...run.profile.slo, finishedWithinMs: 1_000 })).toMatchObject({ holds: false, reason: 'backlog' });
  });
});
