import { moduleOf, type ResourceUse } from '@loadstair/resources';
import type { RunData, ServerOut, StepData } from './run-data.ts';

/** Blocks of a step in which a server served, below which they tell nothing of it. */
const BLOCKS_NEEDED = 2;

/**
 * The run with the use of servers that balancers took out as it was while they served: a server that is busy until its health check waits
 * too long, and idle until it is back, is full, whatever its mean is.
 */
export function seenInService(run: RunData): RunData {
  if (run.steps.every(({ outOfService }) => outOfService === undefined)) return run;
  const hostOf = new Map(run.resources.map(({ id, host }) => [id, host]));
  return {
    ...run,
    steps: run.steps.map((step) => ({ ...step, use: step.use.map((use) => inService(use, hostOf.get(use.resource), step)) })),
  };
}

function inService(use: ResourceUse, host: string | undefined, step: StepData): ResourceUse {
  const outs = (step.outOfService ?? []).filter(({ server }) => server === host);
  if (outs.length === 0 || moduleOf(use.kind).fullAt === null) return use;
  const lengthMs = (step.endMs - step.startMs) / Math.max(1, use.blocks.length);
  const serving = use.blocks.filter((_, index) => {
    const fromMs = step.startMs + index * lengthMs;
    return !outs.some(({ spans }) => spans.some(([from, to]) => from < fromMs + lengthMs && to > fromMs));
  });
  if (serving.length < BLOCKS_NEEDED || serving.length === use.blocks.length) return use;
  const busy = Math.max(use.busy, serving.reduce((sum, one) => sum + one, 0) / serving.length);
  if (use.kind !== 'cpu' || use.throttledShare === undefined) return { ...use, busy };
  // While it idles nothing stops it.
  return { ...use, busy, throttledShare: Math.min(1, (use.throttledShare * use.blocks.length) / serving.length) };
}

/** Share of a step in which a server was out of service, 0–1. */
export function shareOut({ spans }: Pick<ServerOut, 'spans'>, { startMs, endMs }: Pick<StepData, 'startMs' | 'endMs'>): number {
  return spans.reduce((sum, [from, to]) => sum + (to - from), 0) / (endMs - startMs);
}
