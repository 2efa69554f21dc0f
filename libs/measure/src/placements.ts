import type { TierInfo } from '@loadstair/analysis';
import type { ResourceInfo, Span } from '@loadstair/resources';
import type { Placement } from '@loadstair/topology';
import { resourcesOf, tiersOf } from './resources.ts';

/** The hosts of a site from a moment on, epoch ms. */
export interface PlacedSince {
  readonly sinceMs: number;
  readonly placement: Placement;
}

/** The hosts of a site over time: as load began, and each time they changed, in order of time. */
export interface Placements {
  readonly first: Placement;
  readonly changes: readonly PlacedSince[];
}

/** A site whose hosts stayed. */
export function still(placement: Placement): Placements {
  return { first: placement, changes: [] };
}

/** Every resource that was there at some time, with its limit as it was last. */
export function resourcesOver({ first, changes }: Placements, coresPerLabCpu: number): ResourceInfo[] {
  const all = [first, ...changes.map(({ placement }) => placement)].flatMap((placement) => resourcesOf(placement, coresPerLabCpu));
  return [...new Map(all.map((resource) => [resource.id, resource])).values()];
}

/** Names of all hosts that were there at some time. */
export function hostsOver({ first, changes }: Placements): string[] {
  return [...new Set([first, ...changes.map(({ placement }) => placement)].flatMap(({ hosts }) => hosts.map(({ name }) => name)))];
}

/** Tiers with all hosts that they had at some time. */
export function tiersOver({ first, changes }: Placements): TierInfo[] {
  const all = [first, ...changes.map(({ placement }) => placement)].map(tiersOf);
  return tiersOf(first).map(({ name }) => ({
    name,
    hosts: [...new Set(all.flatMap((tiers) => tiers.find((tier) => tier.name === name)?.hosts ?? []))],
  }));
}

/** A part of a window with the hosts that were there in it. */
export interface PlacedSpan extends Span {
  readonly placement: Placement;
}

/** Share of a window's parts, by time, for which something holds. */
export function shareWith(parts: readonly PlacedSpan[], holds: (part: PlacedSpan) => boolean): number {
  const lasted = (some: readonly PlacedSpan[]): number => some.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return parts.every(holds) ? 1 : lasted(parts.filter(holds)) / lasted(parts);
}

/** The placements that held in a window, with the part of it in which each did. */
export function placementsIn({ first, changes }: Placements, { startMs, endMs }: Span): PlacedSpan[] {
  const all = [{ sinceMs: -Infinity, placement: first }, ...changes];
  return all.flatMap(({ sinceMs, placement }, index) => {
    const fromMs = Math.max(sinceMs, startMs);
    const untilMs = Math.min(all[index + 1]?.sinceMs ?? Infinity, endMs);
    return fromMs < untilMs ? [{ startMs: fromMs, endMs: untilMs, placement }] : [];
  });
}
