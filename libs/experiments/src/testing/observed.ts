import type { GateCheck } from '@loadstair/analysis';
import type { Expectation } from '../expectation.ts';
import type { Experiment, Phase } from '../experiment.ts';
import type { Observed, ObservedAction, ObservedHost, ObservedPhase, Steady } from '../observed.ts';

/** Small experiments and what they saw, for tests of the judgement. */
export const phase = (name: string, quick: number | null = 5): Phase => ({ name, load: { share: 0.5 }, holdS: { full: 10, quick } });

export const experiment = (phases: readonly Phase[], ...expectations: readonly Expectation[]): Experiment => ({
  name: 'try',
  stage: 3,
  title: 'A try',
  happens: 'Something.',
  takesS: { full: 60, quick: 30 },
  profile: 'reads',
  phases,
  expectations,
});

export const host = (name: string, rest: Partial<ObservedHost> = {}): ObservedHost => ({
  host: name,
  tier: name.replace(/-\d+$/, ''),
  alive: true,
  group: null,
  cores: 0.02,
  byComponent: {},
  served: null,
  ...rest,
});

export const steady = (rest: Partial<Steady> = {}): Steady => ({
  startMs: 2_000,
  endMs: 10_000,
  offered: 20,
  achieved: 20,
  requests: 160,
  failed: 0,
  quantileMs: 40,
  hosts: [],
  use: [],
  saturation: {},
  pricePerMonth: null,
  ...rest,
});

export const seen = (name: string, index: number, is: Steady | null = steady()): ObservedPhase => ({
  name,
  startMs: index * 10_000,
  endMs: (index + 1) * 10_000,
  steady: is,
});

export const done = (
  action: ObservedAction['action'],
  beganMs: number,
  endedMs: number,
  result: ObservedAction['result'] = { kind: 'done' },
): ObservedAction => ({
  action,
  phase: '',
  beganMs,
  endedMs,
  result,
});

export const observed = (rest: Partial<Observed> = {}): Observed => ({
  slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
  phases: [seen('a', 0), seen('b', 1)],
  actions: [],
  requests: [],
  ...rest,
});

/** One request every 100 ms over two phases; those due in [from, to) fail. */
export const requests = (from = 0, to = 0): Observed['requests'] =>
  Array.from({ length: 200 }, (_, index) => index * 100 + 50).map((dueMs) => ({
    dueMs,
    endMs: dueMs + 20,
    failed: dueMs >= from && dueMs < to,
  }));

export const check = (code: GateCheck['code'], outcome: GateCheck['outcome']): GateCheck => ({
  code,
  outcome,
  measured: '4 % idle',
  allowed: '30 %',
  value: 0.04,
  limit: 0.3,
  advice: 'close other programs',
  steps: [],
});

/** web-1 crashes ten seconds after the beginning. */
export const crashed = done({ do: 'crash', tier: 'web' }, 10_000, 10_040, { kind: 'done', host: 'web-1' });
