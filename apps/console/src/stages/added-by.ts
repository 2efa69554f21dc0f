import type { Topology } from '@loadstair/topology';

/** Names of tiers and hosts that one topology has and the one before it does not. */
export function addedBy(before: Topology, after: Topology): string[] {
  return after.tiers.flatMap((tier) => {
    const had = before.tiers.find((one) => one.name === tier.name);
    if (had === undefined) return [tier.name];
    return Array.from({ length: Math.max(0, tier.count - had.count) }, (_, index) => `${tier.name}-${had.count + index + 1}`);
  });
}
