import { moduleOf, type ResourceInfo, type Window } from '@loadstair/resources';
import type { Samples } from './samples.ts';
import { useOf } from './use.ts';

/** Share of a CPU budget at which a host counts as full (calibration.md, defaults table). */
const FULL_SHARE = 0.95;

/**
 * Load at which the first resource would be full, from a warm-up with the budgets lifted: 0.95 · limit / demand per arrival
 * (utilisation law, U = X·D). It only places the steps; the verdict never sees it.
 *
 * @param achieved arrivals completed per second in the window
 * @param offered arrivals planned per second in the window
 * @returns arrivals/s, and the resource that gave it (null when the warm-up itself fell behind)
 */
export function predictSaturation(
  resources: readonly ResourceInfo[],
  samples: Samples,
  window: Window,
  achieved: number,
  offered: number,
): { readonly load: number; readonly resource: string | null } {
  const fellBehind = achieved < 0.97 * offered;
  let best: { load: number; resource: string | null } = {
    load: fellBehind ? achieved : Number.POSITIVE_INFINITY,
    resource: null,
  };
  for (const resource of resources) {
    // An event loop too: without a CPU limit, what it is active for is its own.
    if (resource.limit === null || moduleOf(resource.kind).fullAt === null) continue;
    const use = useOf(resource, samples, window);
    if (use === null || use.busy <= 0.001) continue;
    const load = (FULL_SHARE * achieved) / use.busy;
    if (load < best.load) best = { load, resource: resource.id };
  }
  return best;
}
