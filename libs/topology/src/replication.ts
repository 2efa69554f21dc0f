import { Problem } from '@loadstair/kit';
import type { PlacedHost, Placement } from './placement.ts';
import type { Tier, Topology } from './topology.ts';

/** Database hosts that hold the same data: one of them takes the writes, the others follow it. */
export interface DatabaseGroup {
  /** The name of the tier whose host takes the writes at first. */
  readonly name: string;
  /** Tiers of replicas; empty when the database stands alone. */
  readonly followers: readonly string[];
}

/** No such group, or nothing on the host is a database. */
export class NoSuchGroup extends Problem {
  constructor(asked: string, groups: readonly string[]) {
    super({
      what: `There is no database group ${asked}.`,
      why: groups.length === 0 ? 'this topology has no database' : `groups are ${groups.join(', ')}`,
      do: './lab status',
      code: 'E_NO_GROUP',
      exit: 2,
    });
  }
}

/** Whether the hosts of a tier follow a database of another. */
export function isReplica(topology: Topology, tier: Pick<Tier, 'name'>): boolean {
  return topology.links.some((link) => link.role === 'wal' && link.from === tier.name);
}

/** Whether hosts of another tier follow the database of this one. */
export function isReplicated(topology: Topology, tier: Pick<Tier, 'name'>): boolean {
  return topology.links.some((link) => link.role === 'wal' && link.to === tier.name);
}

/** Every group of databases, in the order of their tiers: where somebody queries or follows, and where a topology says so. */
export function databaseGroups(topology: Topology): DatabaseGroup[] {
  const asked = topology.links.filter(({ role }) => role === 'sql' || role === 'wal').map(({ to }) => to);
  const databases = new Set([...(topology.groups ?? []), ...asked]);
  return topology.tiers
    .filter((tier) => databases.has(tier.name) && !isReplica(topology, tier))
    .map(({ name }) => ({
      name,
      followers: topology.links.flatMap(({ from, to, role }) => (role === 'wal' && to === name ? [from] : [])),
    }));
}

/** The group that the hosts of a tier belong to; null when there is no database on them. */
export function groupOf(topology: Topology, tier: string): DatabaseGroup | null {
  return databaseGroups(topology).find(({ name, followers }) => name === tier || followers.includes(tier)) ?? null;
}

/** Groups that the hosts of a tier query: those on the same host, and those that its `sql` links lead to. */
export function groupsQueriedBy(topology: Topology, tier: string): DatabaseGroup[] {
  const reached = [tier, ...topology.links.flatMap(({ from, to, role }) => (role === 'sql' && from === tier ? [to] : []))];
  return databaseGroups(topology).filter(({ name, followers }) => [name, ...followers].some((one) => reached.includes(one)));
}

/** How many hosts follow the primary of a group when a site starts. */
export function replicaCount(topology: Topology, { followers }: DatabaseGroup): number {
  return topology.tiers.filter((tier) => followers.includes(tier.name)).reduce((sum, tier) => sum + tier.count, 0);
}

/** The host of a group that takes writes: the one that was promoted last, or the first of the tier the group is named after. */
export function primaryOf(placement: Placement, group: string): PlacedHost {
  const members = membersOf(placement, group);
  const promoted = members.find((host) => host.name === placement.primaries[group]);
  const primary = promoted ?? members.find((host) => host.tier === group);
  if (primary === undefined)
    throw new NoSuchGroup(
      group,
      databaseGroups(placement.topology).map(({ name }) => name),
    );
  return primary;
}

/** Every other host of the group: they follow its primary. */
export function replicasOf(placement: Placement, group: string): PlacedHost[] {
  const primary = primaryOf(placement, group);
  return membersOf(placement, group).filter((host) => host.name !== primary.name);
}

/** What a host is in its group; null where nothing follows anything, or there is no database on it. */
export function roleOf(placement: Placement, host: Pick<PlacedHost, 'name' | 'tier'>): 'primary' | 'replica' | null {
  const group = groupOf(placement.topology, host.tier);
  if (group === null || group.followers.length === 0) return null;
  return primaryOf(placement, group.name).name === host.name ? 'primary' : 'replica';
}

/** The tier whose part a host plays: after a failover one of the replicas takes the writes, and the host that took them may follow it. */
export function tierByRole(placement: Placement, host: Pick<PlacedHost, 'name' | 'tier'>): string {
  const group = groupOf(placement.topology, host.tier);
  const [firstFollowers] = group?.followers ?? [];
  if (group === null || firstFollowers === undefined) return host.tier;
  if (roleOf(placement, host) === 'primary') return group.name;
  return host.tier === group.name ? firstFollowers : host.tier;
}

function membersOf(placement: Placement, name: string): PlacedHost[] {
  return placement.hosts.filter((host) => groupOf(placement.topology, host.tier)?.name === name);
}
