import type { PlacedHost, Placement } from './placement.ts';
import type { Tier, Topology } from './topology.ts';

/**
 * The hosts that a host talks to in a role, by the links of its tier; those in its own place first, else as the topology has them.
 * Empty where no link leads.
 */
export function peers(placement: Placement, host: PlacedHost, role: string): PlacedHost[] {
  const tiers = placement.topology.links.filter((link) => link.from === host.tier && link.role === role).map((link) => link.to);
  return nearestFirst(placement, host, tiers);
}

/** The hosts that talk to a host, in a role or in any; those in its own place first. Clients are none. */
export function callers(placement: Placement, host: PlacedHost, role?: string): PlacedHost[] {
  const tiers = placement.topology.links
    .filter((link) => link.to === host.tier && (role === undefined || link.role === role))
    .map((link) => link.from);
  return nearestFirst(placement, host, tiers);
}

function nearestFirst({ hosts }: Placement, host: PlacedHost, tiers: readonly string[]): PlacedHost[] {
  const linked = hosts.filter((one) => tiers.includes(one.tier));
  const near = (one: PlacedHost): boolean => one.place === host.place;
  return [...linked.filter(near), ...linked.filter((one) => !near(one))];
}

/** Tiers that somebody talks to in a role, in data-flow order. */
export function tiersServing(topology: Topology, role: string): Tier[] {
  return topology.tiers.filter((tier) => rolesOf(topology, tier).includes(role));
}

/** What the hosts of a tier are to those who talk to them. */
export function rolesOf(topology: Topology, { name }: Pick<Tier, 'name'>): string[] {
  return [...new Set(topology.links.filter((link) => link.to === name).map((link) => link.role))];
}
