import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import { verdictInShort } from './in-short.ts';
import type { RunData, StepData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

/** The web server ends at some 90 arrivals/s. */
const climb = (loads: readonly number[]): RunData =>
  buildRun({
    stage: 2,
    tiers: [
      { name: 'web', hosts: 1, cpuMs: 1.1, cores: 0.1, pool: { limit: 20, holdMs: 2, waitsOn: 'db' } },
      { name: 'db', hosts: 1, cpuMs: 0.5, cores: 0.1 },
    ],
    links: [['web', 'db']],
    loads,
  });
const failing = climb([40, 48, 56, 64, 72, 80, 96, 110, 125]);
const holding = climb([40, 48, 56, 64, 72, 80]);

const spoil = (run: RunData, where: (load: number) => boolean, change: (step: StepData) => Partial<StepData>): RunData => ({
  ...run,
  steps: run.steps.map((step) => (step.kind === 'load' && where(step.offered) ? { ...step, ...change(step) } : step)),
});
const late = ({ load }: StepData): Partial<StepData> => ({ load: { ...load, lateness: { p50Ms: 20, p99Ms: 120 } } });
const busy = ({ machine }: StepData): Partial<StepData> => ({ machine: { ...machine, idle: 0.1, outside: 0.8 } });

describe('a run that was spoiled from some load on', () => {
  it('answers up to there', () => {
    const run = spoil(holding, (load) => load >= 72, late);
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'none-in-range', highest: 64, beyond: { codes: ['GEN_SCHED'] } });
    const lines = verdictLines(verdict, run);
    expect(lines[0]).toBe('– Nothing ran out up to 64.0/s. Higher loads were refused: the load was not the load asked for. GEN_SCHED');
    expect(lines.join('\n')).toMatch(/measured +late p99 120 ms; allowed ±1 % of the planned arrivals, late p99 ≤ 20 ms/);
    expect(verdictInShort(verdict)).toBe('nothing ran out up to 64.0/s; beyond that, GEN_SCHED');
  });

  it('does not count a last step that failed, though not clearly enough for an onset, among the loads that held', () => {
    const over: StepData['load']['latency'] = {
      scheme: 'log-1.02-from-0.1ms',
      counts: [
        [200, 1900],
        [415, 140],
      ],
      count: 2040,
    };
    const run = spoil(
      holding,
      (load) => load === 80,
      ({ load }) => ({ load: { ...load, latency: over, requests: over.count } }),
    );
    expect(diagnose(run)).toMatchObject({ kind: 'none-in-range', highest: 72 });
  });

  it('does not name what ran out only there', () => {
    expect(diagnose(failing)).toMatchObject({ kind: 'named', tier: 'web', resource: 'cpu' });
    expect(diagnose(spoil(failing, (load) => load >= 80, busy))).toMatchObject({
      kind: 'none-in-range',
      highest: 72,
      beyond: { codes: ['PHYS_CPU'] },
    });
  });

  it('above the load at which it failed, keeps its name', () => {
    expect(diagnose(spoil(failing, (load) => load > 96, busy))).toMatchObject({ kind: 'named', tier: 'web' });
  });

  it('is refused when nothing is left of it', () => {
    expect(diagnose(spoil(holding, (load) => load >= 48, late))).toMatchObject({ kind: 'refused', codes: ['GEN_SCHED'] });
  });

  it('is refused when that went away again: no matter of load then', () => {
    expect(diagnose(spoil(holding, (load) => load === 64, busy))).toMatchObject({ kind: 'refused', codes: ['PHYS_CPU'] });
  });

  it('is refused when something else is wrong with it as well', () => {
    const run = spoil(holding, (load) => load >= 72, late);
    expect(diagnose({ ...run, budgeted: false })).toMatchObject({ kind: 'refused', codes: ['UNBUDGETED', 'GEN_SCHED'] });
    const restarted = { atMs: 1_020_000, kind: 'host-restarted', subject: 'web-1' } as const;
    expect(diagnose({ ...run, incidents: [restarted] })).toMatchObject({ kind: 'refused', codes: ['GAPS', 'GEN_SCHED'] });
  });

  it('is refused for a search: its trials tell', () => {
    expect(
      diagnose(
        spoil(holding, (load) => load >= 72, late),
        ['SHORT', 'UNSTEADY'],
      ),
    ).toMatchObject({ kind: 'refused' });
  });
});
