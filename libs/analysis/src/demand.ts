import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { capacityIn, HOLD_RATIO_LIMIT, moduleOf, presenceIn, useIn, type HeldUse, type ResourceInfo } from '@loadstair/resources';
import { findOnset, loadSteps, stepHolds, type FoundOnset } from './onset.ts';
import type { Climb, StepData } from './run-data.ts';
import { mean, quantileOf, slopeThrough } from './statistics.ts';
import type { Interval } from './verdict.ts';

/**
 * What one arrival/s costs a resource, and the load at which it would be full.
 * Utilisation law U = U0 + D·X (Denning and Buzen 1978, doi 10.1145/356733.356735); λ* = (full − U0) / D.
 */
export interface Demand {
  readonly resource: ResourceInfo;
  /** Share of the limit that one arrival/s takes. */
  readonly perArrival: number;
  /** Share used without load, from the idle step. */
  readonly idle: number;
  /** λ*, arrivals/s. */
  readonly saturation: number;
  readonly interval: Interval;
  /** λ* of each bootstrap resample; equal positions of two resources stem from the same resampled blocks. */
  readonly resamples: readonly number[];
}

/** Steps below this share of the onset cost more per arrival than loaded ones, and would pull λ* down (calibration.md, Q2). */
const FIT_FROM = 0.4;
const RESAMPLES = 400;
const SEED = 20_261_124;
/** Acquisitions a step must have for its mean hold to mean something. */
const HOLDS_NEEDED = 50;

/** Arrivals completed per second in a step's window. */
export function throughput(step: StepData): number {
  return step.load.completed / ((step.endMs - step.startMs) / 1000);
}

/** Demand of every resource that has a measure of use against a limit. */
export function demandsOf(run: Climb, onset: FoundOnset | null = findOnset(run)): Demand[] {
  const idleStep = run.steps.find((step) => step.kind === 'idle');
  const steps = fitSteps(run, onset);
  return run.resources.flatMap((resource) => {
    const { fullAt } = moduleOf(resource.kind);
    if (fullAt === null) return [];
    const usableSteps = steps.filter((step) => usable(run, resource, step));
    const idle = idleStep === undefined ? 0 : Math.max(0, useIn(idleStep, resource.id)?.busy ?? 0);
    const room = fullAt - idle;
    const share = shareOfLoad(run, resource, onset);
    const perArrival = slopeThrough(
      usableSteps.map((step) => ({ x: share(step) * throughput(step), y: useIn(step, resource.id)?.busy ?? 0 })),
      idle,
    );
    // What is full without load has no load at which it would be.
    if (perArrival === null || perArrival <= 0 || room <= 0) return [];
    const saturation = room / perArrival;
    const resamples = bootstrap(resource, usableSteps, idle, share).map((slope) => room / slope);
    const low = quantileOf(resamples, 0.025) ?? saturation;
    const high = quantileOf(resamples, 0.975) ?? saturation;
    const interval: Interval = [Math.min(low, saturation), Math.max(high, saturation)];
    return [{ resource, perArrival, idle, saturation, interval, resamples }];
  });
}

/**
 * Steps a demand is read from: those that held, from 40 % of the onset up, and the first that failed while most of its
 * load still came back: work done per arrival is the same there, and use is known best where it is highest.
 */
function fitSteps(run: Climb, onset: FoundOnset | null): StepData[] {
  const steps = loadSteps(run).toSorted((a, b) => a.offered - b.offered);
  if (onset === null) return steps;
  const failing = run.steps[onset.step];
  const fitting = steps.filter(
    (step) =>
      (step.offered >= FIT_FROM * onset.load && step.offered < onset.firstFail) ||
      (step === failing && step.load.completed >= 0.85 * step.load.planned),
  );
  return fitting.length > 0 ? fitting : steps.slice(0, 1);
}

/**
 * Of the load of a step, what of it counts for one host: a host of a tier that was half as big in that step as where the site failed,
 * or in the last step where nothing failed, did twice the part of it. λ* then is what the tier would hold at its size there.
 */
function shareOfLoad(run: Climb, resource: ResourceInfo, onset: FoundOnset | null): (step: StepData) => number {
  const reference = onset === null ? loadSteps(run).at(-1) : run.steps[onset.step];
  const now = reference === undefined ? 0 : capacityIn(run, reference, resource);
  return (step) => {
    const then = capacityIn(run, step, resource);
    return then === 0 || now === 0 ? 1 : now / then;
  };
}

/** A pool is held longer when somebody behind it is slow; such steps say nothing of its own demand. */
function usable(run: Climb, resource: ResourceInfo, step: StepData): boolean {
  const use = useIn(step, resource.id);
  // A host that came in the middle of a step was not yet as busy as it would be.
  if (use === null || presenceIn(step, resource.host) < 1) return false;
  if (!moduleOf(resource.kind).held) return true;
  const ratio = holdRatio(run, resource.id, step);
  return ratio === null || ratio < HOLD_RATIO_LIMIT;
}

/**
 * Mean hold of a pool or of slots in a step ÷ the shortest of any step with load; null when it is not measured. The first step
 * is not the measure: a climb may begin close to the limit, where holds are long already. Where no step held the SLO, every
 * hold may be long, and nothing tells how short one would be.
 */
export function holdRatio(run: Climb, resource: string, step: StepData): number | null {
  const measured = run.steps.flatMap((one) => {
    const use = one.kind === 'idle' ? null : heldIn(one, resource);
    return use?.holdMs === undefined || (use.acquisitions ?? 0) < HOLDS_NEEDED ? [] : [{ step: one, holdMs: use.holdMs }];
  });
  if (!measured.some(({ step: one }) => stepHolds(one, run.profile.slo).holds)) return null;
  const holds = measured.map(({ holdMs }) => holdMs);
  const base = Math.min(...holds);
  const now = heldIn(step, resource)?.holdMs;
  return holds.length === 0 || now === undefined || base <= 0 ? null : now / base;
}

function heldIn(step: StepData, resource: string): HeldUse | null {
  const use: HeldUse | null = useIn(step, resource);
  return use !== null && moduleOf(use.kind).held ? use : null;
}

/** Demands of resamples of the blocks of every step; a block is long enough that neighbours are nearly independent. */
function bootstrap(resource: ResourceInfo, steps: readonly StepData[], idle: number, share: (step: StepData) => number): number[] {
  const generator = xoroshiro128plus(SEED);
  const blocks = steps.map((step) => {
    const use = useIn(step, resource.id)?.blocks ?? [];
    const count = Math.min(use.length, step.load.blocks.length);
    return Array.from({ length: count }, (_, index) => ({
      x: (share(step) * (step.load.blocks[index]?.completed ?? 0)) / step.load.blockS,
      y: use[index] ?? 0,
    }));
  });
  const resamples: number[] = [];
  for (let round = 0; round < RESAMPLES; round += 1) {
    const points = blocks.flatMap((own) => {
      if (own.length === 0) return [];
      const drawn = own.map(() => own[uniformInt(generator, 0, own.length - 1)] as { x: number; y: number });
      return [{ x: mean(drawn.map((one) => one.x)), y: mean(drawn.map((one) => one.y)) }];
    });
    const perArrival = slopeThrough(points, idle);
    if (perArrival !== null && perArrival > 0) resamples.push(perArrival);
  }
  return resamples;
}
