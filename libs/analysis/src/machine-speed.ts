import { loadSteps } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import { mean } from './statistics.ts';

/**
 * How fast the machine was in a step. The load generator does the same for every arrival, so the CPU time it spends on one
 * tells; a loop of arithmetic sees nothing of it (calibration.md, Q3; docs/decisions/the-machines-usual-speed.md).
 */
export interface UsualCost {
  /** CPU time of the generator for one arrival, brought to 1 arrival/s, ms. */
  readonly ms: number;
  /** Runs it is the mean of. */
  readonly runs: number;
}

/** An arrival is cheaper the more there are: cost ∝ rate^−0.2 (−0.24 within searches, −0.17 across stages). */
const FALLS = 0.2;

/** What an arrival cost the generator, brought to 1 arrival/s, ms; null where nothing was started or its CPU is not known. */
function generatorCost(step: StepData): number | null {
  const cpuMs = step.machine.generatorCores * (step.endMs - step.startMs);
  if (step.load.started === 0 || cpuMs <= 0) return null;
  return (cpuMs / step.load.started) * step.offered ** FALLS;
}

/** The geometric mean of runs, each with the same weight; null when none of them tells. */
export function usualCost(runs: readonly RunData[]): UsualCost | null {
  const known = runs.flatMap((run) => {
    const costs = measured(run).flatMap((step) => generatorCost(step) ?? []);
    return costs.length === 0 ? [] : [mean(costs.map(Math.log))];
  });
  return known.length === 0 ? null : { ms: Math.exp(mean(known)), runs: known.length };
}

/** Speed of the machine in a step as a share of the usual one; 1 where that is not known. */
export function speedIn(step: StepData, usual: UsualCost | null): number {
  const cost = generatorCost(step);
  return cost === null || usual === null ? 1 : usual.ms / cost;
}

function measured(run: RunData): StepData[] {
  return [...loadSteps(run), ...run.steps.filter((step) => step.kind === 'trial')];
}
