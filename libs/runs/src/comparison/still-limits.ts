import { resourceWord, type Comparison } from '@loadstair/analysis';
import type { Topology } from '@loadstair/topology';
import type { Limit } from './arm.ts';

/** Where both sides end at the same tier and kind of resource, which the change left as it was. */
export interface StillLimits {
  /** `web CPU` */
  readonly resource: string;
  /** The profile that reveals what the first side lacks; null where it was the one compared under. */
  readonly profile: string | null;
}

/** One side of a transition: what ran, and what limited it. */
export interface Side {
  readonly topology: Topology;
  readonly limit: Limit | null;
}

/**
 * What limits both sides, if the change does not touch it; null where they end elsewhere, where the second holds more, or where they
 * are the same.
 *
 * @param compared the profile of the runs
 * @param revealing the profile that shows the limit of the first side's stage
 */
export function stillLimits(
  { word }: Pick<Comparison, 'word'>,
  first: Side,
  second: Side,
  { compared, revealing }: { readonly compared: string; readonly revealing: string },
): StillLimits | null {
  if (word === 'better' || first.limit === null || second.limit === null) return null;
  if (first.limit.tier !== second.limit.tier || first.limit.resource !== second.limit.resource) return null;
  const { tier, resource } = first.limit;
  if (JSON.stringify(first.topology) === JSON.stringify(second.topology) || !sameHosts(first.topology, second.topology, tier)) return null;
  return { resource: `${tier} ${resourceWord(resource)}`, profile: revealing === compared ? null : revealing };
}

/** Whether a tier has as many hosts of the same size in both. */
function sameHosts(first: Topology, second: Topology, name: string): boolean {
  const [before, after] = [first, second].map(({ tiers }) => tiers.find((tier) => tier.name === name));
  return before !== undefined && after !== undefined && before.count === after.count && before.cpu === after.cpu;
}
