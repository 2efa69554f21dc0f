import type { Tier, Topology } from '@loadstair/topology';

/** A tier of the catalogue, with the first stage that has it. */
export interface KnownTier {
  readonly tier: Tier;
  readonly topology: Topology;
}

/**
 * All tiers of some topologies once, by name, in an order that keeps the data-flow order of each: a tier stands before
 * those that stand after it somewhere, and of several possible ones the first known comes first.
 *
 * @throws Error when two topologies disagree about the order
 */
export function tiersInOrder(topologies: readonly Topology[]): KnownTier[] {
  const known = new Map<string, KnownTier>();
  const before = new Map<string, Set<string>>();
  for (const topology of topologies) {
    for (const [index, tier] of topology.tiers.entries()) {
      if (!known.has(tier.name)) known.set(tier.name, { tier, topology });
      const earlier = before.get(tier.name) ?? new Set<string>();
      for (const other of topology.tiers.slice(0, index)) earlier.add(other.name);
      before.set(tier.name, earlier);
    }
  }
  const order: KnownTier[] = [];
  const left = new Map(known);
  while (left.size > 0) {
    const next = [...left.keys()].find((name) => [...(before.get(name) ?? [])].every((other) => !left.has(other)));
    if (next === undefined) throw new Error(`Stages disagree about the order of the tiers ${[...left.keys()].join(', ')}.`);
    order.push(left.get(next) as KnownTier);
    left.delete(next);
  }
  return order;
}
