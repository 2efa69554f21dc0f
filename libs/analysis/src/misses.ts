import { useIn } from './demand.ts';
import { AT_LIMIT, IO_STALL } from './limits.ts';
import type { ResourceInfo, ResourceUse, RunData, StepData } from './run-data.ts';
import { tiersBehind } from './tiers-behind.ts';

/** Share of lookups that a cache in good order misses although it had had the entry before, with room to spare. */
export const AGAIN_SHARE = 0.1;
/** Share of the time spent on databases from which on they would not be full without those misses. */
export const LOAD_SHARE = 0.5;

/** How a cache tier fared in a step, its hosts taken together. Shares are 0–1. */
export interface Fared {
  readonly lookups: number;
  readonly hitRatio: number;
  /** Of all lookups: misses of what had been there before. */
  readonly againShare: number;
  /** Of the time its askers spent on databases: for what had been there before. */
  readonly loadShare: number;
  readonly evictedPerS: number;
  readonly expiredPerS: number;
}

/** Null where nobody asked it anything. */
export function fared(run: Pick<RunData, 'resources'>, tier: string, step: Pick<StepData, 'use' | 'startMs' | 'endMs'>): Fared | null {
  const uses = run.resources
    .filter((resource) => resource.tier === tier && resource.kind === 'hit-ratio')
    .flatMap((resource) => useIn(step, resource.id) ?? []);
  const sum = (value: (use: ResourceUse) => number | undefined): number => uses.reduce((all, use) => all + (value(use) ?? 0), 0);
  const lookups = sum((use) => use.lookups);
  if (lookups === 0) return null;
  const seconds = (step.endMs - step.startMs) / 1000;
  return {
    lookups,
    hitRatio: 1 - sum((use) => use.busy * (use.lookups ?? 0)) / lookups,
    againShare: sum((use) => use.again) / lookups,
    loadShare: Math.min(
      1,
      sum((use) => use.loadShare),
    ),
    evictedPerS: sum((use) => use.evicted) / seconds,
    expiredPerS: sum((use) => use.expired) / seconds,
  };
}

/** Tiers that are asked for what a cache does not have: all that its askers call, directly or not, but the cache. */
export function behindCache(run: RunData, tier: string): string[] {
  const askers = run.links.filter((link) => link.to === tier).map((link) => link.from);
  const called = run.links.filter((link) => askers.includes(link.from)).map((link) => link.to);
  return [...new Set(called.flatMap((name) => tiersBehind(run, name, tier)))];
}

/**
 * Whether what a cache lost is what fills the databases behind it (methods.md §1.4, "cache miss storm"): it misses what it had,
 * reading that again is most of their work, and one of them is full. Misses of what nobody had asked for before are no fault of it.
 */
export function missesFill(run: RunData, cache: Pick<ResourceInfo, 'tier'>, step: StepData): boolean {
  const how = fared(run, cache.tier, step);
  if (how === null || how.againShare < AGAIN_SHARE || how.loadShare < LOAD_SHARE) return false;
  const tiers = behindCache(run, cache.tier);
  return run.resources.some((resource) => {
    if (!tiers.includes(resource.tier)) return false;
    const use = useIn(step, resource.id);
    if (use === null) return false;
    return resource.kind === 'cpu' ? use.busy >= AT_LIMIT : resource.kind === 'disk' && (use.ioStall ?? 0) >= IO_STALL;
  });
}
