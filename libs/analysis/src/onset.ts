import { quantile } from './histogram.ts';
import type { Climb, Slo, StepData } from './run-data.ts';
import type { Onset } from './verdict.ts';

/** A step is behind when less than this share of what was planned came back. */
const GOODPUT_SHARE = 0.94;
/** Latency this many times over the SLO is no near miss. */
const FAR_OVER = 2;

/** Whether a step held the SLO, and if not, what failed first. */
export interface StepVerdict {
  readonly holds: boolean;
  /** Latency at the SLO's quantile from the due time, ms; null without requests. */
  readonly quantileMs: number | null;
  readonly failedShare: number;
  /** Completed ÷ planned arrivals. */
  readonly goodput: number;
  readonly reason: Onset['reason'] | null;
}

export function stepHolds(step: StepData, slo: Slo): StepVerdict {
  const { load } = step;
  const quantileMs = quantile(load.latency, slo.quantile);
  const failedShare = load.requests === 0 ? 0 : load.failed / load.requests;
  const goodput = load.planned === 0 ? 1 : load.completed / load.planned;
  const grown = load.inFlight.end - load.inFlight.start;
  const reason =
    failedShare > slo.errorShare
      ? 'slo-errors'
      : goodput < GOODPUT_SHARE && grown > 0
        ? 'goodput'
        : quantileMs !== null && quantileMs > slo.latencyMs
          ? 'slo-latency'
          : null;
  return { holds: reason === null, quantileMs, failedShare, goodput, reason };
}

export function loadSteps(run: Pick<Climb, 'steps'>): StepData[] {
  return run.steps.filter((step) => step.kind === 'load');
}

/** Whether a step that failed did so by more than the noise of one step: it needs no second one beside it. */
export function failsClearly(verdict: StepVerdict, slo: Slo): boolean {
  if (verdict.holds) return false;
  return verdict.reason !== 'slo-latency' || (verdict.quantileMs ?? 0) > FAR_OVER * slo.latencyMs;
}

/** Onset with the load where latency crosses the SLO. */
export interface FoundOnset extends Onset {
  /** arrivals/s, between lastPass and firstFail. */
  readonly load: number;
}

/**
 * Where the site stops holding its SLO: the first failing step that is followed by another, or is the last and failed
 * clearly. One failing step alone between passing ones is noise: p95 is not monotone in load (calibration.md, Q3).
 */
export function findOnset(run: Pick<Climb, 'steps' | 'profile'>): FoundOnset | null {
  const steps = loadSteps(run).toSorted((a, b) => a.offered - b.offered);
  const verdicts = steps.map((step) => stepHolds(step, run.profile.slo));
  const index = verdicts.findIndex((verdict, at) => {
    if (verdict.holds) return false;
    const next = verdicts[at + 1];
    return next === undefined ? failsClearly(verdict, run.profile.slo) : !next.holds;
  });
  if (index === -1) return null;
  const failing = steps[index] as StepData;
  const reason = (verdicts[index] as StepVerdict).reason as Onset['reason'];
  const before = steps[index - 1];
  const lastPass = before?.offered ?? null;
  return {
    lastPass,
    firstFail: failing.offered,
    step: run.steps.indexOf(failing),
    reason,
    load: crossing(before, failing, run.profile.slo),
  };
}

/** Load at which log latency crosses the SLO between two steps; the middle when latency did not cross there. */
function crossing(pass: StepData | undefined, fail: StepData, slo: Slo): number {
  if (pass === undefined) return fail.offered;
  const below = quantile(pass.load.latency, slo.quantile);
  const above = quantile(fail.load.latency, slo.quantile);
  if (below === null || above === null || above <= slo.latencyMs || below >= slo.latencyMs) return (pass.offered + fail.offered) / 2;
  const share = Math.log(slo.latencyMs / below) / Math.log(above / below);
  return pass.offered + share * (fail.offered - pass.offered);
}
