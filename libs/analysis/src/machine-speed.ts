import { failsClearly, loadSteps, stepHolds } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import { mean, median } from './statistics.ts';

/**
 * How fast the machine was in a step. The load generator does the same for every arrival, so the CPU time it spends on one
 * tells; a loop of arithmetic sees nothing of it (calibration.md, Q3; docs/decisions/loads-are-read-at-the-machines-usual-speed.md).
 */
export interface UsualCost {
  /** CPU time of the generator for one arrival, brought to 1 arrival/s, ms. */
  readonly ms: number;
  /** Runs it is the mean of. */
  readonly runs: number;
  /** Standard deviation of the logarithms of their costs; null where too few runs tell, absent in searches from before it was told. */
  readonly spread?: number | null;
}

/** With fewer runs, how far they lie apart is chance. */
const RUNS_FOR_SPREAD = 4;

/** An arrival is cheaper the more there are: cost ∝ rate^−0.2 (−0.24 within searches, −0.17 across stages). */
const FALLS = 0.2;

/** The geometric mean of runs, each told by the median of its steps; null when none of them tells. */
export function usualCost(runs: readonly RunData[]): UsualCost | null {
  const known = runs.flatMap((run) => {
    const costs = costsOf(run).map((one) => Math.log(one.ms));
    return median(costs) ?? [];
  });
  if (known.length === 0) return null;
  const middle = mean(known);
  const squares = known.reduce((sum, cost) => sum + (cost - middle) ** 2, 0);
  return {
    ms: Math.exp(middle),
    runs: known.length,
    spread: known.length < RUNS_FOR_SPREAD ? null : Math.sqrt(squares / (known.length - 1)),
  };
}

/**
 * Of how far the cost of one step lies from the median of its run, so much is the machine's speed and the rest the generator's own: the
 * correlation of its cost with the site's within a search was 0.58 to 0.97, and half is its square in the middle of that.
 */
const STEP_TELLS = 0.5;

/**
 * Speed of the machine in each step of a run as a share of the usual one; 1 where nothing tells. A step that was far over its
 * limit takes that of the steps next to it in time: answers come in bursts then, which makes them cheap for everybody.
 */
export function speedsOf(run: RunData, usual: UsualCost | null): (step: StepData) => number {
  const costs = costsOf(run);
  if (usual === null || costs.length === 0) return () => 1;
  const whole = median(costs.map((one) => Math.log(one.ms))) ?? 0;
  const speedAt = (cost: number): number => usual.ms / Math.exp(whole + STEP_TELLS * (cost - whole));
  return (step) => {
    const own = costs.find((one) => one.step === step);
    if (own !== undefined) return speedAt(Math.log(own.ms));
    const before = costs.findLast((one) => one.step.startMs < step.startMs);
    const after = costs.find((one) => one.step.startMs > step.startMs);
    return speedAt(mean([before, after].flatMap((one) => (one === undefined ? [] : [Math.log(one.ms)]))));
  };
}

/** What an arrival cost the generator, brought to 1 arrival/s, in every step that tells, in order of time. */
function costsOf(run: RunData): { readonly step: StepData; readonly ms: number }[] {
  const { slo } = run.profile;
  return [...loadSteps(run), ...run.steps.filter((step) => step.kind === 'trial')]
    .toSorted((a, b) => a.startMs - b.startMs)
    .flatMap((step) => {
      const cpuMs = step.machine.generatorCores * (step.endMs - step.startMs);
      if (step.load.started === 0 || cpuMs <= 0 || failsClearly(stepHolds(step, slo), slo)) return [];
      return [{ step, ms: (cpuMs / step.load.started) * step.offered ** FALLS }];
    });
}
