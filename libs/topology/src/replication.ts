import { hostsWith, type PlacedHost, type Placement } from './placement.ts';
import type { Tier, Topology } from './topology.ts';

/** Whether the hosts of a tier follow a database of another. */
export function isReplica(topology: Topology, tier: Pick<Tier, 'name'>): boolean {
  return topology.links.some((link) => link.protocol === 'wal' && link.from === tier.name);
}

/** Whether hosts of another tier follow the database of this one. */
export function isReplicated(topology: Topology, tier: Pick<Tier, 'name'>): boolean {
  return topology.links.some((link) => link.protocol === 'wal' && link.to === tier.name);
}

/** The tier of replicas; null when the database stands alone. */
export function replicaTier(topology: Topology): Tier | null {
  return topology.tiers.find((tier) => isReplica(topology, tier)) ?? null;
}

/** The database host that takes writes: the one that was promoted last, or the first of the tier nobody follows anything from. */
export function primaryOf(placement: Placement): PlacedHost {
  const databases = hostsWith(placement, 'postgres');
  const promoted = databases.find((host) => host.name === placement.primary);
  const primary = promoted ?? databases.find((host) => !isReplica(placement.topology, { name: host.tier }));
  if (primary === undefined) throw new Error(`Stage ${placement.topology.stage} has no database host that takes writes.`);
  return primary;
}

/** The tier whose part a host plays: after a failover one of the replicas takes the writes, and the host that took them may follow it. */
export function tierByRole(placement: Placement, host: Pick<PlacedHost, 'name' | 'tier'>): string {
  const { topology } = placement;
  const writes = topology.tiers.find((tier) => isReplicated(topology, tier))?.name;
  const replicas = replicaTier(topology)?.name;
  if (writes === undefined || replicas === undefined || ![writes, replicas].includes(host.tier)) return host.tier;
  return primaryOf(placement).name === host.name ? writes : replicas;
}

/** Every other database host: they follow the primary. */
export function replicasOf(placement: Placement): PlacedHost[] {
  const primary = primaryOf(placement);
  return hostsWith(placement, 'postgres').filter((host) => host.name !== primary.name);
}
