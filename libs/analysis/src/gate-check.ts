import type { FoundOnset } from './onset.ts';
import type { Slo, StepData } from './run-data.ts';
import type { GateCheck, RefusalCode } from './verdict.ts';

/** Thresholds of calibration.md (Q3, Q6); methods.md §2.2 where it says nothing. */
export const LIMITS = {
  idleRefuse: 0.3,
  idleWarn: 0.5,
  steal: 0.01,
  /** Of the SLO's latency, which counts from the due time: what began later than that moves it by as much. */
  lateness: 0.08,
  /** An undisturbed k6 begins up to so late; a tighter SLO cannot ask for less. */
  latenessLeastMs: 5,
  startedShare: 0.01,
  droppedShare: 0.001,
  notSentShare: 0.001,
  /** Of the requests sent, beyond doubt: from here on it is noted, and refused. */
  foreignWarn: 0.02,
  foreignRefuse: 0.05,
  droppedWhenPiledUp: 0.01,
  coverage: 0.95,
  generatorIdleShare: 0.2,
  mixPoints: 0.02,
  little: 0.1,
  probeSpread: 0.15,
  grown: 3,
  /** Growth of the median latency over a step, of the SLO. */
  slower: 0.08,
} as const;
/** How late the p99 of the arrivals may begin, ms: against 250 ms 16 are little, against 20 they are most of it. */
export function latenessLimitMs({ latencyMs }: Pick<Slo, 'latencyMs'>): number {
  return Math.max(LIMITS.latenessLeastMs, LIMITS.lateness * latencyMs);
}

/** Checks that concern a step by itself: neither what other steps were, nor which hosts came and went. */
export const OF_ONE_STEP: readonly RefusalCode[] = [
  'GAPS',
  'PHYS_CPU',
  'PHYS_STEAL',
  'GEN_CPU',
  'GEN_SOCKETS',
  'GEN_SCHED',
  'GEN_DROP',
  'FOREIGN_LOAD',
];

export type Check = Omit<GateCheck, 'code'>;

/** Which steps the claims stand on. */
export interface Claims {
  readonly onset: FoundOnset | null;
  /** Load steps up to and with the first that failed. */
  readonly relevant: readonly StepData[];
  readonly passing: readonly StepData[];
}

export function check(
  fine: boolean,
  measured: string,
  allowed: string,
  value: number | null,
  limit: number | null,
  advice: string,
  steps: readonly number[] = [],
): Check {
  return { outcome: fine ? 'pass' : 'refuse', measured, allowed, value, limit, advice, steps };
}

export function leastBy(steps: readonly StepData[], value: (step: StepData) => number): StepData | null {
  return steps.reduce<StepData | null>((least, step) => (least === null || value(step) < value(least) ? step : least), null);
}

export function stepsOf(steps: readonly StepData[], bad: (step: StepData) => boolean): number[] {
  return steps.filter(bad).map((step) => step.index);
}
