import { gate } from './gate.ts';
import { shareAbove } from './histogram.ts';
import { speedsOf, usualCost, type UsualCost } from './machine-speed.ts';
import { findOnset, loadSteps, stepHolds } from './onset.ts';
import type { RunData, Slo, StepData } from './run-data.ts';
import { mean } from './statistics.ts';
import type { GateCheck, Interval, Onset, RefusalCode } from './verdict.ts';

/** The highest load that holds an SLO, from all trials of one search; loads are what they would be at the machine's usual speed. */
export interface Capacity {
  /** Where the share of requests over the SLO crosses what it allows, arrivals/s. */
  readonly load: number;
  /** [highest load below which nothing failed, lowest load above which nothing held]; null where the search found no such. */
  readonly interval: readonly [highestPass: number | null, lowestFail: number | null];
  /** What failed first above it. */
  readonly failing: Onset['reason'];
  readonly trials: readonly CapacityTrial[];
  /** Null where nothing tells how fast the machine was. */
  readonly usual: UsualCost | null;
}

/** A search that bracketed the capacity, or why it did not. */
export type SearchOutcome = { readonly kind: 'found'; readonly capacity: Capacity } | { readonly kind: 'none'; readonly reason: string };

export interface CapacityTrial {
  readonly step: number;
  /** arrivals/s */
  readonly offered: number;
  /** Speed of the machine meanwhile, 1 is the usual one; and the load that would have been as hard at that one, arrivals/s. */
  readonly speed: number;
  readonly load: number;
  readonly holds: boolean;
  /** Share of requests that were too slow or failed, 0–1; 1 where the step lost goodput. */
  readonly over: number;
  readonly requests: number;
  /** Why it does not count; empty when it does. */
  readonly problems: readonly RefusalCode[];
}

/** Checks that concern one step alone, and those among them that still concern one that failed the SLO. */
const OF_A_TRIAL: readonly RefusalCode[] = [
  'GAPS',
  'PHYS_CPU',
  'PHYS_STEAL',
  'GEN_CPU',
  'GEN_SOCKETS',
  'GEN_SCHED',
  'GEN_DROP',
  'FOREIGN_LOAD',
  'BLIND',
  'LITTLE',
];
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

/**
 * Capacity from the climb and the trials of a search, pooled; null when they do not bracket it. Two passes pooled repeat far
 * better than a bisection, which one wrong early trial decides (calibration.md, Q3).
 *
 * The share over the SLO is made monotone in load by weighted isotonic regression (pool adjacent violators: Ayer et al.
 * 1955, doi 10.1214/aoms/1177728423), and read where it crosses 1 − q by interpolation of its logit over log load.
 *
 * @param usual what the machine's usual speed is told by; this run alone unless told
 */
export function capacityOf(run: RunData, usual: UsualCost | null = usualCost([run])): Capacity | null {
  const rough = findOnset(run);
  if (rough === null) return null;
  const trials = trialsOf(run, rough, usual);
  const { valid, failed, highestPass, lowestFail } = sidesOf(trials);
  const load = crossing(isotonic(valid), 1 - run.profile.slo.quantile);
  if (load === null) return null;
  const first = failed[0] === undefined ? undefined : run.steps[failed[0].step];
  return {
    load,
    // Trials that contradict each other may leave the crossing outside of the two: the interval is not narrower than that.
    interval: [highestPass === null ? null : Math.min(highestPass, load), lowestFail === null ? null : Math.max(lowestFail, load)],
    failing: (first === undefined ? null : stepHolds(first, run.profile.slo).reason) ?? rough.reason,
    trials,
    usual,
  };
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
function trialsOf(run: RunData, rough: Onset & { readonly load: number }, usual: UsualCost | null): CapacityTrial[] {
  const speedOf = speedsOf(run, usual);
  const all = [...loadSteps(run), ...run.steps.filter((step) => step.kind === 'trial')].map((step) => trialOf(run, step, speedOf(step)));
  const failed = all.filter((trial) => !trial.holds && trial.problems.length === 0).map((trial) => trial.load);
  const near = NEAR * Math.min(rough.load, ...failed);
  return all.filter((trial) => trial.load >= near).toSorted((a, b) => a.load - b.load);
}

/** The trials that count, by what they say. */
function sidesOf(trials: readonly CapacityTrial[]): {
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
  const { holds } = stepHolds(step, slo);
  const allowed = 1 - slo.quantile;
  const over = shareOver(step, slo);
  return {
    step: run.steps.indexOf(step),
    offered: step.offered,
    speed,
    load: step.offered / speed,
    holds,
    // Buckets of the histogram and failed requests must not put it on the other side of what decided.
    over: holds ? Math.min(over, allowed) : Math.max(over, allowed * 1.001),
    requests: step.load.requests,
    problems: trialProblems(run, step).map((check) => check.code),
  };
}

function shareOver(step: StepData, slo: Slo): number {
  const { reason, failedShare } = stepHolds(step, slo);
  // Lost goodput and too many errors fail the SLO whatever the latency of the rest.
  if (reason === 'goodput' || reason === 'slo-errors') return 1;
  return Math.min(1, shareAbove(step.load.latency, slo.latencyMs) + failedShare);
}

interface Level {
  /** Mean log load of the pooled trials, weighted by requests. */
  readonly at: number;
  readonly share: number;
  readonly weight: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Trials in order of load → levels whose share never falls. */
function isotonic(trials: readonly CapacityTrial[]): Level[] {
  const levels: Level[] = [];
  for (const trial of trials) {
    const log = Math.log(trial.load);
    levels.push({ at: log, share: trial.over, weight: Math.max(1, trial.requests), lowest: log, highest: log });
    for (let last = levels.length - 1; last > 0 && (levels[last - 1] as Level).share >= (levels[last] as Level).share; last -= 1) {
      levels.splice(last - 1, 2, pooled(levels[last - 1] as Level, levels[last] as Level));
    }
  }
  return levels;
}

function pooled(a: Level, b: Level): Level {
  const weight = a.weight + b.weight;
  return {
    at: (a.at * a.weight + b.at * b.weight) / weight,
    share: (a.share * a.weight + b.share * b.weight) / weight,
    weight,
    lowest: a.lowest,
    highest: b.highest,
  };
}

function crossing(levels: readonly Level[], allowed: number): number | null {
  const above = levels.findIndex((level) => level.share > allowed);
  const high = levels[above];
  const low = levels[above - 1];
  if (high === undefined || low === undefined) return null;
  const logit = ({ share, weight }: Level): number => {
    // Half a request more or less keeps a share of 0 or 1 finite.
    const kept = Math.min(1 - 0.5 / weight, Math.max(0.5 / weight, share));
    return Math.log(kept / (1 - kept));
  };
  const wanted = Math.log(allowed / (1 - allowed));
  const share = (wanted - logit(low)) / (logit(high) - logit(low));
  return Math.exp(low.at + Math.min(1, Math.max(0, share)) * (high.at - low.at));
}

/** Mean and spread of repeated searches: the coefficient of variation is the sample one, 0–1. */
export function repeatability(loads: readonly number[]): { readonly mean: number; readonly cv: number | null; readonly range: Interval } {
  const middle = mean(loads);
  const variance = loads.length < 2 ? null : loads.reduce((sum, load) => sum + (load - middle) ** 2, 0) / (loads.length - 1);
  return {
    mean: middle,
    cv: variance === null || middle === 0 ? null : Math.sqrt(variance) / middle,
    range: [Math.min(...loads), Math.max(...loads)],
  };
}
