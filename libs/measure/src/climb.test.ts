import { expect, it } from '@jest/globals';
import type { StepData, StepVerdict } from '@loadstair/analysis';
import { idleStep, lastThatHolds, startClimb, stepBack } from './climb.ts';

const SLO = { quantile: 0.95, latencyMs: 250, errorShare: 0.01 };
const verdict = (holds: boolean): StepVerdict => ({ holds, quantileMs: holds ? 100 : 300, failedShare: 0 }) as StepVerdict;

it('is over after two failing steps in a row, not after one that held between', () => {
  const climb = startClimb('two-failures', SLO);
  expect([true, false, true, false, false].map((holds) => climb.judged(verdict(holds)))).toEqual([false, false, false, false, true]);
  expect(climb.failed()).toBe(true);
});

it('knows where the site fails after a step that failed clearly, or two in a row', () => {
  const climb = startClimb('two-failures', SLO);
  const known = (verdicts: readonly StepVerdict[]): boolean[] =>
    verdicts.map((one) => {
      climb.judged(one);
      return climb.isOver();
    });
  const clearly = { ...verdict(false), quantileMs: 501, reason: 'slo-latency' } as StepVerdict;
  const barely = { ...clearly, quantileMs: 499 };
  expect(known([verdict(true), barely, verdict(true), clearly, verdict(true), barely, barely])).toEqual([
    ...[false, false, false, true, false, false, true],
  ]);
});

it('goes to its end where the profile says so', () => {
  const climb = startClimb(null, SLO);
  expect([false, false, false].map((holds) => climb.judged(verdict(holds)))).toEqual([false, false, false]);
});

it('comes back to a share of what held, and never to nothing', () => {
  expect(stepBack({ share: 0.6, holdS: 20, settleS: 2 }, 51, 7)).toEqual({ index: 7, kind: 'back', rate: 30.6, holdS: 12, settleS: 2 });
  expect(stepBack({ share: 0.6, holdS: 8, settleS: 2 }, 0.1, 1)).toMatchObject({ rate: 0.1, holdS: 8 });
});

it('has no load while it is idle', () => {
  expect(idleStep(1000, 4000)).toMatchObject({ kind: 'idle', offered: 0, startMs: 1000, endMs: 4000, load: { planned: 0, started: 0 } });
});

it('knows by all answers which load was the last that held', () => {
  const { load } = idleStep(0, 1000);
  const step = (offered: number, failed: number): StepData => ({
    index: offered,
    kind: 'load',
    offered,
    startMs: 0,
    endMs: 1000,
    load: { ...load, requests: 100, failed },
    machine: { idle: 1, steal: 0, outside: 0, generatorCores: 0, probeMs: null },
    use: [],
    coverage: { prometheus: 1, sampler: 1 },
  });
  expect(lastThatHolds([step(10, 0), step(20, 1), step(30, 2)], SLO)).toBe(20);
  expect(lastThatHolds([step(10, 50), step(20, 100)], SLO)).toBeNull();
  expect(lastThatHolds([], SLO)).toBeNull();
});
