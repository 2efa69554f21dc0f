import type { ResourceInfo } from '@loadstair/resources';
import { findOnset, loadSteps, type RunData, type StepData } from '@loadstair/analysis';
import type { Cause } from '@loadstair/stages/simulated';

/** Two rules that anybody would try first, on the same data; and which metric is the loudest. */
export interface Naive {
  /** The tier whose host has the highest CPU use where the site failed. */
  readonly highestCpu: Cause | null;
  /** The resource whose use moved furthest from the first step, in its own standard deviations. */
  readonly largestZ: Cause | null;
  /** The resource with the highest use of its limit where the site failed. */
  readonly loudest: Cause | null;
}

/** Smallest standard deviation of a use that is not just a still one. */
const LEAST_SD = 0.01;

export function naive(run: RunData): Naive {
  const steps = loadSteps(run).toSorted((a, b) => a.offered - b.offered);
  const onset = findOnset(run);
  const first = steps[0];
  const failed = onset === null ? steps.at(-1) : run.steps[onset.step];
  if (first === undefined || failed === undefined) return { highestCpu: null, largestZ: null, loudest: null };
  return {
    highestCpu: most(run, (resource) => (resource.kind === 'cpu' ? (busyIn(failed, resource) ?? null) : null)),
    largestZ: most(run, (resource) => zScore(first, failed, resource)),
    loudest: most(run, (resource) => busyIn(failed, resource) ?? null),
  };
}

function busyIn(step: StepData, resource: ResourceInfo): number | undefined {
  return step.use.find((use) => use.resource === resource.id)?.busy;
}

function zScore(first: StepData, failed: StepData, resource: ResourceInfo): number | null {
  const blocks = first.use.find((use) => use.resource === resource.id)?.blocks;
  const now = busyIn(failed, resource);
  if (blocks === undefined || blocks.length === 0 || now === undefined) return null;
  const mean = blocks.reduce((sum, one) => sum + one, 0) / blocks.length;
  const sd = Math.sqrt(blocks.reduce((sum, one) => sum + (one - mean) ** 2, 0) / blocks.length);
  return (now - mean) / Math.max(LEAST_SD, sd);
}

function most(run: RunData, value: (resource: ResourceInfo) => number | null): Cause | null {
  let best: { readonly resource: ResourceInfo; readonly value: number } | null = null;
  for (const resource of run.resources) {
    const own = value(resource);
    if (own !== null && (best === null || own > best.value)) best = { resource, value: own };
  }
  return best === null ? null : { tier: best.resource.tier, resource: best.resource.kind };
}
