import {
  capacityOf,
  diagnose,
  estimateArm,
  loadSteps,
  merge,
  quantile,
  resourceName,
  usualCost,
  type ArmEstimate,
  type Interval,
  type RunData,
  type Slo,
  type Spread,
  type UsualCost,
} from '@loadstair/analysis';
import { profileIdentity } from '../manifest.ts';
import type { OpenedRun } from '../run-folder.ts';
import { latencyCurve, type LatencyPoint } from './latency-curve.ts';

/** One run of an arm: the replicate. */
export interface ArmRun {
  readonly run: string;
  readonly capacity: number;
  /** 95 %, of this run alone. */
  readonly interval: Interval;
  /** `web-1 CPU`, or null where nothing was named. */
  readonly limitedBy: string | null;
  /** The same as a tier and a kind; null where nothing, or more than one thing, was named. */
  readonly limit: Limit | null;
  /** Load at which the next would run out, arrivals/s. */
  readonly nextAt: number | null;
}

export interface Limit {
  readonly tier: string;
  readonly resource: string;
}

/** Runs of one topology under one profile and SLO. */
export interface Arm {
  readonly label: string;
  readonly stage: number;
  readonly slug: string;
  readonly set: readonly string[];
  readonly topologyHash: string;
  readonly runs: readonly ArmRun[];
  /** Runs that could not be used, and why. */
  readonly left: readonly { readonly run: string; readonly reason: string }[];
  readonly estimate: ArmEstimate | null;
  /** What limited most of the runs. */
  readonly limitedBy: string;
  /** The same, where more than half of the runs name this tier and kind. */
  readonly limit: Limit | null;
  readonly nextAt: number | null;
  /** p95 near 70 % of the arm's own capacity, ms, of the merged histograms of its runs; null where no step was near. */
  readonly p95At70: { readonly ms: number; readonly requests: number } | null;
  /** Latency over load in arrivals/s, and over each run's share of its own capacity. */
  readonly latency: { readonly load: readonly LatencyPoint[]; readonly share: readonly LatencyPoint[] };
}

/** A step counts as near 70 % of the capacity within this factor. */
const NEAR_70 = 1.15;

/**
 * What runs of one topology say together.
 *
 * @param judged its runs
 * @param spread of all runs that are compared
 */
export function armOf(label: string, judged: readonly JudgedRun[], spread: Spread | null): Arm {
  const first = judged[0]?.run;
  if (first === undefined) throw new Error('A variant needs a run.');
  const runs = usedOf(judged);
  const estimate = runs.length === 0 ? null : estimateArm(loadsOf(judged), spread);
  const names = runs.flatMap((run) => run.limitedBy ?? []);
  const next = runs.flatMap((run) => run.nextAt ?? []).sort((a, b) => a - b);
  return {
    label,
    stage: first.manifest.stage,
    slug: first.manifest.slug,
    set: first.manifest.set,
    topologyHash: first.manifest.topologyHash,
    runs,
    left: judged.flatMap((one) => (one.kind === 'left' ? [{ run: one.run.id, reason: one.reason }] : [])),
    estimate,
    limitedBy: mostCommon(names) ?? 'nothing named',
    limit: limitOf(runs),
    nextAt: next[Math.floor(next.length / 2)] ?? null,
    p95At70:
      estimate === null
        ? null
        : p95Near(
            0.7 * estimate.load,
            judged.map(({ run }) => run.runData),
          ),
    latency: latencyOf(
      judged.flatMap(({ kind, run }) => (kind === 'used' || runs.length === 0 ? [run.runData] : [])),
      first.runData.profile.slo,
    ),
  };
}

/** Shares are of what a run itself could do, at the speed the machine had in it. */
function latencyOf(runs: readonly RunData[], slo: Slo): Arm['latency'] {
  return {
    load: latencyCurve(
      runs.map((run) => ({ run, unit: 1 })),
      slo,
    ),
    share: latencyCurve(
      runs.flatMap((run) => {
        const own = capacityOf(run, usualCost([run]));
        return own === null ? [] : [{ run, unit: own.load }];
      }),
      slo,
    ),
  };
}

/** A run, and what it says of its topology or why it says nothing. */
export type JudgedRun = { readonly run: OpenedRun } & Judged;
type Judged = { readonly kind: 'used'; readonly arm: ArmRun } | { readonly kind: 'left'; readonly reason: string };

/** @param usual the machine's speed in all runs that are compared: loads are read at it */
export function judgeRuns(opened: readonly OpenedRun[], usual: UsualCost | null): JudgedRun[] {
  return opened.map((run) => ({ run, ...judge(run, usual) }));
}

/** Capacities of the runs that can be used, arrivals/s. */
export function loadsOf(judged: readonly JudgedRun[]): number[] {
  return usedOf(judged).map((run) => run.capacity);
}

/** What was measured in the runs that can be used. */
export function usedRuns(judged: readonly JudgedRun[]): RunData[] {
  return judged.flatMap((one) => (one.kind === 'used' ? [one.run.runData] : []));
}

function usedOf(judged: readonly JudgedRun[]): ArmRun[] {
  return judged.flatMap((one) => (one.kind === 'used' ? [one.arm] : []));
}

function judge({ id, runData, search }: OpenedRun, usual: UsualCost | null): Judged {
  // Stored data are judged by today's engine; trials make up for the short steps of a search.
  const verdict = diagnose(runData, search === null ? [] : ['SHORT', 'UNSTEADY']);
  if (verdict.kind === 'refused') return { kind: 'left', reason: `refused: ${verdict.codes.join(', ')}` };
  const capacity = capacityOf(runData, usual);
  if (capacity === null) return { kind: 'left', reason: 'every load met the SLO, so there is no capacity' };
  return {
    kind: 'used',
    arm: {
      run: id,
      capacity: capacity.load,
      interval: capacity.interval,
      limitedBy: verdict.kind === 'named' ? [verdict, ...verdict.with].map(resourceName).join(' + ') : null,
      limit: verdict.kind === 'named' && verdict.with.length === 0 ? { tier: verdict.tier, resource: verdict.resource } : null,
      nextAt: verdict.kind === 'named' ? (verdict.runnerUp?.saturation ?? null) : null,
    },
  };
}

function p95Near(load: number, runs: readonly RunData[]): Arm['p95At70'] {
  const near = runs.flatMap((run) => {
    const steps = loadSteps(run).filter((step) => Math.max(step.offered / load, load / step.offered) <= NEAR_70);
    const closest = steps.toSorted((a, b) => Math.abs(Math.log(a.offered / load)) - Math.abs(Math.log(b.offered / load)))[0];
    return closest === undefined ? [] : [closest.load.latency];
  });
  const all = merge(near);
  const ms = quantile(all, 0.95);
  return ms === null ? null : { ms, requests: all.count };
}

function limitOf(runs: readonly ArmRun[]): Limit | null {
  const found = runs.flatMap(({ limit }) => limit ?? []);
  const alike = (limit: Limit): number => found.filter(({ tier, resource }) => tier === limit.tier && resource === limit.resource).length;
  return found.find((limit) => 2 * alike(limit) > runs.length) ?? null;
}

function mostCommon(names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** What makes runs incomparable, a phrase each; empty when they may be compared. */
export function differences(runs: readonly OpenedRun[]): string[] {
  const facts: Readonly<Record<string, (run: OpenedRun) => string>> = {
    profile: (run) => profileIdentity(run.manifest),
    SLO: (run) => JSON.stringify(run.runData.profile.slo),
    'cores per lab CPU': (run) => String(run.manifest.coresPerLabCpu),
    machine: (run) => `${run.manifest.machine.cores} × ${run.manifest.machine.model}`,
    'burners, which keep the CPU clock steady': (run) => (run.manifest.burners ? 'with' : 'without'),
    'method (search or run)': (run) => (run.search === null ? 'run' : 'search'),
  };
  return Object.entries(facts).flatMap(([name, of]) => {
    const values = [...new Set(runs.map(of))];
    return values.length < 2 ? [] : [`${name}: ${values.join(' and ')}`];
  });
}
