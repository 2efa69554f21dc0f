import { gate } from './gate.ts';
import { OF_ONE_STEP } from './gate-check.ts';
import { shareAbove } from './histogram.ts';
import { speedsOf, usualCost, type UsualCost } from './machine-speed.ts';
import { findOnset, loadSteps, stepHolds, type FoundOnset } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import type { GateCheck, RefusalCode } from './verdict.ts';

/** A step of a search, as far as it tells of the capacity. */
export interface CapacityTrial {
  readonly step: number;
  /** arrivals/s */
  readonly offered: number;
  /** Speed of the machine meanwhile, 1 is the usual one; and the load that would have been as hard at that one, arrivals/s. */
  readonly speed: number;
  readonly load: number;
  readonly holds: boolean;
  /** Share of requests that were too slow or failed, 0–1. */
  readonly over: number;
  readonly requests: number;
  /** Why it does not count; empty when it does. */
  readonly problems: readonly RefusalCode[];
}

/** What makes a trial unfit: in it every tier has to be seen too, and its counts have to agree. */
const OF_A_TRIAL: readonly RefusalCode[] = [...OF_ONE_STEP, 'BLIND', 'LITTLE'];
/** Overload itself makes these: a full site keeps virtual users, and arrivals then begin late or never. */
const OF_OVERLOAD: readonly RefusalCode[] = ['GEN_SCHED', 'GEN_DROP', 'LITTLE'];
/** Trials below this share of the lowest load that failed say nothing of where the capacity is. */
const NEAR = 0.7;

/** What makes one step unfit to tell capacity, by the validity gate; empty when it may. */
export function trialProblems(run: RunData, step: StepData): GateCheck[] {
  const alone: RunData = { ...run, steps: [...run.steps.filter((one) => one.kind === 'idle'), { ...step, kind: 'load' }] };
  const { holds } = stepHolds(step, run.profile.slo);
  return gate(alone).filter(
    ({ code, outcome }) => outcome === 'refuse' && OF_A_TRIAL.includes(code) && (holds || !OF_OVERLOAD.includes(code)),
  );
}

/** Where a search has to look further: everything near its rough onset failed, or held. */
export interface OpenSide {
  readonly side: 'lower' | 'higher';
  /** The lowest load that failed, or the highest that held, arrivals/s. */
  readonly from: number;
}

/** The side on which nothing has been found yet; null when the capacity is bracketed, or nothing failed at all. */
export function openSide(run: RunData): OpenSide | null {
  const rough = findOnset(run);
  if (rough === null) return null;
  const { held, failed, highestPass, lowestFail } = sidesOf(trialsOf(run, rough, usualCost([run])));
  if (highestPass === null) return { side: 'lower', from: failed[0]?.load ?? rough.load };
  return lowestFail === null ? { side: 'higher', from: held.at(-1)?.load ?? rough.load } : null;
}

/** Steps of the climb and trials in order of load, without those far below where anything failed. */
export function trialsOf(run: RunData, rough: FoundOnset, usual: UsualCost | null): CapacityTrial[] {
  const speedOf = speedsOf(run, usual);
  const all = [...loadSteps(run), ...run.steps.filter((step) => step.kind === 'trial')].map((step) => trialOf(run, step, speedOf(step)));
  const failed = all.filter((trial) => !trial.holds && trial.problems.length === 0).map((trial) => trial.load);
  const near = NEAR * Math.min(rough.load, ...failed);
  return all.filter((trial) => trial.load >= near).toSorted((a, b) => a.load - b.load);
}

/** The trials that count, by what they say. */
export function sidesOf(trials: readonly CapacityTrial[]): {
  readonly valid: readonly CapacityTrial[];
  readonly held: readonly CapacityTrial[];
  readonly failed: readonly CapacityTrial[];
  readonly highestPass: number | null;
  readonly lowestFail: number | null;
} {
  const valid = trials.filter((trial) => trial.problems.length === 0);
  const held = valid.filter((trial) => trial.holds);
  const failed = valid.filter((trial) => !trial.holds);
  const lowestFailed = failed[0]?.load ?? Infinity;
  const highestHeld = held.at(-1)?.load ?? 0;
  return {
    valid,
    held,
    failed,
    highestPass: held.findLast((trial) => trial.load < lowestFailed)?.load ?? null,
    lowestFail: failed.find((trial) => trial.load > highestHeld)?.load ?? null,
  };
}

function trialOf(run: RunData, step: StepData, speed: number): CapacityTrial {
  const { slo } = run.profile;
  const { holds, failedShare } = stepHolds(step, slo);
  return {
    step: run.steps.indexOf(step),
    offered: step.offered,
    speed,
    load: step.offered / speed,
    holds,
    over: Math.min(1, shareAbove(step.load.latency, slo.latencyMs) + failedShare),
    requests: step.load.requests,
    problems: trialProblems(run, step).map((check) => check.code),
  };
}
