import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import { gate } from './gate.ts';
import { findOnset } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

const good = buildRun({
  stage: 2,
  tiers: [
    { name: 'web', hosts: 1, cpuMs: 1.1, cores: 0.1, pool: { limit: 20, holdMs: 2, waitsOn: 'db' } },
    { name: 'db', hosts: 1, cpuMs: 0.5, cores: 0.1 },
  ],
  links: [['web', 'db']],
  loads: [40, 55, 70, 82, 96, 110, 125],
});

const steps = (change: (step: StepData) => StepData): RunData => ({
  ...good,
  steps: good.steps.map((step) => (step.kind === 'load' ? change(step) : step)),
});
const machine = (change: Partial<StepData['machine']>): RunData => steps((step) => ({ ...step, machine: { ...step.machine, ...change } }));
const load = (change: (step: StepData) => Partial<StepData['load']>): RunData =>
  steps((step) => ({ ...step, load: { ...step.load, ...change(step) } }));

/** So many requests, `over` of them far over the SLO. */
const requestsOver = (over: number, requests: number): Partial<StepData['load']> => ({
  requests,
  latency: {
    scheme: 'log-1.02-from-0.1ms',
    counts: [
      [200, requests - over],
      [420, over],
    ],
    count: requests,
  },
});

const refusals: readonly [code: string, run: RunData][] = [
  ['INTERRUPTED', { ...good, ended: 'interrupted' }],
  ['UNBUDGETED', { ...good, budgeted: false }],
  ['PHYS_CPU', machine({ idle: 0.02, outside: 0.9 })],
  ['PHYS_STEAL', machine({ steal: 0.03 })],
  ['GEN_CPU', machine({ idle: 0.35, generatorCores: 3.2 })],
  ['GEN_SCHED', load(() => ({ lateness: { p50Ms: 12, p99Ms: 143 } }))],
  ['GEN_SOCKETS', load((step) => ({ notSent: Math.ceil(0.002 * step.load.requests) }))],
  ['GEN_DROP', load((step) => ({ dropped: 20, started: step.load.planned - 20 }))],
  ['GAPS', steps((step) => ({ ...step, coverage: { prometheus: 0.4, sampler: 1 } }))],
  ['GAPS', { ...good, incidents: [{ atMs: 1_020_000, kind: 'host-restarted', subject: 'web-1' }] }],
  ['GAPS', { ...good, incidents: [{ atMs: 1_020_000, kind: 'lab-program-died', subject: 'Prometheus' }] }],
  // 30/s of somebody else beside some 48/s and more, as in the field.
  ['FOREIGN_LOAD', steps((step) => ({ ...step, came: step.load.requests + 30 * 13, load: { ...step.load, sent: step.load.requests } }))],
  ['SHORT', load(() => requestsOver(0, 150))],
  ['SHORT', load((step) => (step.offered > 82 ? {} : requestsOver(14, 320)))],
  ['BLIND', steps((step) => ({ ...step, use: step.use.filter((use) => !use.resource.startsWith('db-1/cpu')) }))],
  ['MIX', load((step) => ({ byClass: step.load.byClass.map((one) => ({ ...one, plannedShare: 0.9 })) }))],
  ['UNSTEADY', load((step) => ({ blocks: step.load.blocks.map((block, index) => ({ ...block, inFlight: 1 + index * 6 })) }))],
  ['UNSTEADY', load((step) => ({ blocks: step.load.blocks.map((block, index) => ({ ...block, p50Ms: 10 + index * 6 })) }))],
  ['LITTLE', load((step) => ({ inFlight: { ...step.load.inFlight, mean: step.load.inFlight.mean + 40 } }))],
];

describe('the validity gate', () => {
  it('passes a good run on all sixteen checks', () => {
    expect(gate(good).map((check) => check.code)).toHaveLength(16);
    expect(gate(good).filter((check) => check.outcome !== 'pass')).toEqual([]);
  });

  it.each(refusals)('refuses with %s', (code, run) => {
    const verdict = diagnose(run);
    if (verdict.kind !== 'refused') throw new Error(`expected a refusal, got ${verdict.kind}`);
    expect(verdict.codes).toContain(code);
    expect(verdictLines(verdict, run)[0]).toMatch(/^× Refused: .+ [A-Z_]+$/);
  });

  it('does not take what counting cannot tell, or what was in flight, for somebody else’s load', () => {
    const counted = (more: (step: StepData) => number): RunData =>
      steps((step) => ({ ...step, came: step.load.requests + more(step), load: { ...step.load, sent: step.load.requests } }));
    const outcomeOf = (run: RunData): string | undefined => gate(run).find(({ code }) => code === 'FOREIGN_LOAD')?.outcome;
    expect(outcomeOf(counted(() => 0))).toBe('pass');
    expect(outcomeOf(counted((step) => -0.2 * step.load.requests))).toBe('pass');
    expect(outcomeOf(counted((step) => step.load.inFlight.start + 1.5 * Math.sqrt(step.load.requests / 13)))).toBe('pass');
    expect(outcomeOf(counted((step) => step.load.inFlight.start + 18 + 0.035 * step.load.requests))).toBe('warn');
    // What failed has requests of the steps before in it, and says nothing.
    expect(outcomeOf(counted((step) => (step.offered > 82 ? 0.3 * step.load.requests : 0)))).toBe('pass');
  });

  it('needs fewer requests where they leave no doubt of the side of the SLO', () => {
    // Wilson, 95 %: 1 of 320 is 0.06–1.8 %, 60 of 320 is 14.8–23.4 %: each clear of the 5 % a p95 allows.
    const run = load((step) => (step.offered > 82 ? requestsOver(60, 320) : requestsOver(1, 320)));
    expect(gate(run).find((check) => check.code === 'SHORT')?.outcome).toBe('pass');
  });

  it('lets a step stay open between two that are known, and says where the onset lies then', () => {
    const held = good.steps.filter((step) => step.kind === 'load' && step.offered <= 82).map((step) => step.offered);
    const [known, open] = held.slice(-2);
    const run = load((step) => (step.offered === open ? requestsOver(14, 320) : step.offered > 82 ? {} : requestsOver(1, 320)));
    expect(gate(run).find((check) => check.code === 'SHORT')).toMatchObject({
      outcome: 'pass',
      measured: `it is not certain whether p95 is above or below 250 ms at ${open}.0/s, but it is certain at the loads around it`,
    });
    expect(findOnset(run)).toMatchObject({ lastPass: open, between: [known, findOnset(good)?.firstFail] });
  });

  it('notes a machine that changes its speed without refusing', () => {
    const run: RunData = {
      ...good,
      steps: good.steps.map((step, index) => ({ ...step, machine: { ...step.machine, probeMs: index % 2 === 0 ? 0.8 : 1.1 } })),
    };
    expect(gate(run).find((check) => check.code === 'DRIFT')?.outcome).toBe('warn');
    expect(diagnose(run).kind).toBe('named');
  });

  it('does not refuse for a lateness that a few arrivals leave in doubt, and says so', () => {
    const run = load(() => ({ lateness: { p50Ms: 1, p99Ms: 28, p99AtLeastMs: 3 } }));
    expect(gate(run).find((check) => check.code === 'GEN_SCHED')).toMatchObject({
      outcome: 'warn',
      measured: 'late p99 28 ms, certainly more than 3 ms',
      steps: [],
    });
    expect(diagnose(run).kind).toBe('named');
  });

  it('measures lateness against the SLO: 16 ms are little of 250 ms and most of 20 ms', () => {
    const late = load(() => ({ lateness: { p50Ms: 1, p99Ms: 16 } }));
    expect(diagnose(late).kind).toBe('named');
    const tight: RunData = { ...late, profile: { ...late.profile, slo: { ...late.profile.slo, latencyMs: 20 } } };
    expect(gate(tight).find((check) => check.code === 'GEN_SCHED')).toMatchObject({
      outcome: 'refuse',
      allowed: '±1 % of the planned arrivals, late p99 ≤ 5 ms',
    });
  });

  it('does not hold lateness against steps past the onset', () => {
    const run = load((step) => (step.offered > 96 ? { lateness: { p50Ms: 50, p99Ms: 300 } } : {}));
    expect(diagnose(run).kind).toBe('named');
  });
});
