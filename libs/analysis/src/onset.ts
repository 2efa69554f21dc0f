import { fallsBehind, type BacklogUse } from '@loadstair/resources';
import { quantile, shareAbove } from './histogram.ts';
import type { Climb, Slo, StepData } from './run-data.ts';
import { wilson } from './statistics.ts';
import type { Interval, Onset } from './verdict.ts';

/** A step is behind when less than this share of what was planned came back. */
const GOODPUT_SHARE = 0.94;
/** Latency this many times over the SLO is no near miss. */
const FAR_OVER = 2;
/** n·(1 − q) requests that must lie beyond a quantile before it is claimed. */
const BEYOND_QUANTILE = 30;
/** With fewer it may be claimed on which side of the SLO a quantile lies, when that is beyond doubt; below this many, not even that. */
const LEAST_BEYOND = 10;

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
          : backlogs(step).some((use) => fallsBehind(use) || use.oldestMs > (slo.finishedWithinMs ?? Infinity))
            ? 'backlog'
            : null;
  return { holds: reason === null, quantileMs, failedShare, goodput, reason };
}

/** Work that was accepted and is done later, by queue. */
export function backlogs({ use }: Pick<StepData, 'use'>): BacklogUse[] {
  return use.filter((one) => one.kind === 'backlog');
}

export function loadSteps(run: Pick<Climb, 'steps'>): StepData[] {
  return run.steps.filter((step) => step.kind === 'load');
}

/** The step of the highest load that holds, in whatever order they were offered; undefined where none does. */
export function highestHeld(steps: readonly StepData[], slo: Slo): StepData | undefined {
  return steps.filter((step) => stepHolds(step, slo).holds).toSorted((a, b) => b.offered - a.offered)[0];
}

/** Whether a step that failed did so by more than the noise of one step: it needs no second one beside it. */
export function failsClearly(verdict: StepVerdict, slo: Slo): boolean {
  if (verdict.holds) return false;
  return verdict.reason !== 'slo-latency' || (verdict.quantileMs ?? 0) > FAR_OVER * slo.latencyMs;
}

/** Requests a step needs before its quantile is claimed. */
export function requestsNeeded(slo: Slo): number {
  return Math.ceil(BEYOND_QUANTILE / (1 - slo.quantile));
}

/**
 * Whether a step's side of the SLO is known: by enough requests, or whatever the sampling error, where the interval of the
 * share of requests over the limit leaves out the share allowed. Errors and lost goodput show in far fewer requests than a
 * quantile needs.
 */
export function tellsItsSide(step: StepData, slo: Slo): boolean {
  const { requests, latency } = step.load;
  if (requests >= requestsNeeded(slo)) return true;
  if (requests < LEAST_BEYOND / (1 - slo.quantile)) return false;
  const verdict = stepHolds(step, slo);
  if (!verdict.holds && verdict.reason !== 'slo-latency') return true;
  const [low, high] = wilson(Math.round(shareAbove(latency, slo.latencyMs) * latency.count), latency.count);
  return high < 1 - slo.quantile || low > 1 - slo.quantile;
}

/** Onset with the load where latency crosses the SLO. */
export interface FoundOnset extends Onset {
  /** arrivals/s, between lastPass and firstFail. */
  readonly load: number;
  /**
   * The steps it lies between, arrivals/s: the nearest whose side of the SLO is known; the outermost on their side where none
   * is. 0 where no step held.
   */
  readonly between: Interval;
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
  const known = steps.filter((step) => tellsItsSide(step, run.profile.slo));
  const below = known.findLast((step) => step.offered <= (lastPass ?? 0)) ?? steps[0];
  const above = known.find((step) => step.offered >= failing.offered && !stepHolds(step, run.profile.slo).holds) ?? steps.at(-1);
  return {
    lastPass,
    firstFail: failing.offered,
    step: run.steps.indexOf(failing),
    reason,
    load: reason === 'backlog' ? finishedLoad(before, failing) : crossing(before, failing, run.profile.slo),
    between: [lastPass === null ? 0 : (below as StepData).offered, (above as StepData).offered],
  };
}

/** Steps in which a limit shows: the first that failed and the one after it. */
export function failingSteps(run: Pick<Climb, 'steps'>, onset: FoundOnset): StepData[] {
  return loadSteps(run)
    .filter((step) => step.offered >= onset.firstFail)
    .slice(0, 2);
}

/** Load whose work would have been finished: as much of the failing one as of its work was, and no less than what held. */
function finishedLoad(pass: StepData | undefined, fail: StepData): number {
  const shares = backlogs(fail).map(({ accepted, finished }) => (accepted === 0 ? 1 : finished / accepted));
  return Math.max(pass?.offered ?? 0, fail.offered * Math.min(1, ...shares));
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
