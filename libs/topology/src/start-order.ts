import type { Tier, Topology } from './topology.ts';

/** Tiers in an order in which what others talk to comes first; links that go in a circle are cut where it is entered. */
export function startOrder(topology: Topology): Tier[] {
  const left = [...topology.tiers];
  const order: Tier[] = [];
  while (left.length > 0) {
    const waits = (tier: Tier): boolean =>
      topology.links.some((link) => link.from === tier.name && left.some((one) => one.name === link.to && one !== tier));
    const next = left.findIndex((tier) => !waits(tier));
    order.push(...left.splice(next === -1 ? 0 : next, 1));
  }
  return order;
}
