import type { ClientAddresses } from './address-plan.ts';
import type { PlacedHost, Placement } from './placement.ts';
import { groupOf } from './replication.ts';
import type { Place, Tier, Topology } from './topology.ts';

/** Where everything is, and everybody, when a topology says nothing of places. */
const ONLY_PLACE: Place = { name: 'east', kind: 'data centre', users: 1 };

export function placesOf({ places }: Pick<Topology, 'places'>): readonly Place[] {
  return places ?? [ONLY_PLACE];
}

/** Names of the places where users live, in the order of the topology. */
export function userPlaces(topology: Pick<Topology, 'places'>): readonly string[] {
  return placesOf(topology).flatMap(({ name, users }) => (users > 0 ? [name] : []));
}

/** Places of a tier's hosts, which stand in them in turn; the first of the topology unless told. */
export function placesOfTier(topology: Pick<Topology, 'places'>, tier: Pick<Tier, 'places'>): readonly string[] {
  return (
    tier.places ??
    placesOf(topology)
      .slice(0, 1)
      .map(({ name }) => name)
  );
}

/** @param ordinal of a host in its tier, from 1 */
export function placeOfHost(topology: Pick<Topology, 'places'>, tier: Pick<Tier, 'places'>, ordinal: number): string {
  const names = placesOfTier(topology, tier);
  return names[(ordinal - 1) % names.length] as string;
}

/** Round trip between two places, ms. */
export function distanceBetween({ distances = [] }: Pick<Topology, 'distances'>, from: string, to: string): number {
  if (from === to) return 0;
  return distances.find(({ between }) => between.includes(from) && between.includes(to))?.ms ?? 0;
}

/** Pairs of different places, each once. */
export function pairsOf(topology: Pick<Topology, 'places'>): (readonly [string, string])[] {
  const names = placesOf(topology).map(({ name }) => name);
  return names.flatMap((from, index) => names.slice(index + 1).map((to) => [from, to] as const));
}

/**
 * Places of users, one for each arrival in turn and then from the start again, by the places' shares of users: `[east, west]` when each has
 * half of them. Of those that are due, the one that waits longest is next (smooth weighted round robin, as nginx has it).
 */
export function turnsOfUsers(topology: Pick<Topology, 'places'>): readonly string[] {
  const weights = placesOf(topology).map(({ users }) => Math.round(users * 100));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const turns = all / weights.reduce(greatestCommonDivisor, all);
  const due = weights.map(() => 0);
  return Array.from({ length: turns }, () => {
    for (const [index, weight] of weights.entries()) due[index] = (due[index] as number) + weight;
    const next = due.indexOf(Math.max(...due));
    due[next] = (due[next] as number) - all;
    return placesOf(topology)[next]?.name as string;
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * Places from which somebody asks hosts of a tier: those of the tiers that have a link to it, and of users when clients have. Databases
 * of one group ask each other, and whoever asks one of them may ask the others: any may be the primary.
 */
export function askedFrom(topology: Topology, tierName: string): readonly string[] {
  const databases = groupOf(topology, tierName);
  const group = databases === null ? [] : [databases.name, ...databases.followers];
  const callers = topology.links.filter(({ to }) => to === tierName || group.includes(to)).map(({ from }) => from);
  const names = [...callers, ...(group.length > 1 ? group : [])].flatMap((name) => {
    if (name === 'clients') return userPlaces(topology);
    const tier = topology.tiers.find((one) => one.name === name);
    return tier === undefined ? [] : placesOfTier(topology, tier).slice(0, tier.count);
  });
  return placesOf(topology).flatMap(({ name }) => (names.includes(name) ? [name] : []));
}

/**
 * Round trip between a place and a host, ms. A distance of the host's tier stands instead of that of the places: it is how far all who ask
 * it are, and where some of them are in another place than the host, how far those are.
 */
export function distanceTo(topology: Topology, from: string, host: Pick<PlacedHost, 'tierSpec' | 'place'>): number {
  const { tierSpec, place } = host;
  if (tierSpec.distanceMs === undefined) return distanceBetween(topology, from, place);
  const near = from === place && askedFrom(topology, tierSpec.name).some((other) => other !== place);
  return near ? 0 : tierSpec.distanceMs;
}

/** The longest round trip of those who ask a tier, ms. */
export function longestDistance(topology: Topology, tier: Tier): number {
  const from = askedFrom(topology, tier.name);
  const hosts = placesOfTier(topology, tier).map((place) => ({ tierSpec: tier, place }));
  return Math.max(0, ...from.flatMap((name) => hosts.map((host) => distanceTo(topology, name, host))));
}

/** Where a host is reached from a place: its private address, or the proxy that stands for the way there. */
export function addressFrom({ topology, addresses }: Pick<Placement, 'topology' | 'addresses'>, from: string, host: PlacedHost): string {
  return distanceTo(topology, from, host) > 0 ? addresses.way(from, host.number) : host.address;
}

/** The same for who comes to its public address; null when it has none. */
export function publicAddressFrom(
  { topology, addresses }: Pick<Placement, 'topology' | 'addresses'>,
  from: string,
  host: PlacedHost,
): string | null {
  if (host.publicAddress === null) return null;
  return distanceTo(topology, from, host) > 0 ? addresses.way(from, host.number) : host.publicAddress;
}

/** Addresses of clients in the place where everything is that stands nowhere else. */
export function localClients({ topology, addresses }: Pick<Placement, 'topology' | 'addresses'>): ClientAddresses {
  return addresses.clients(placesOf(topology)[0]?.name ?? '');
}

/** A way between a place and a host that is not short: a proxy stands for it. */
export interface Way {
  readonly from: string;
  readonly host: PlacedHost;
  readonly ms: number;
}

/** Every such way that somebody goes. */
export function longWays({ topology, hosts }: Pick<Placement, 'topology' | 'hosts'>): readonly Way[] {
  return hosts.flatMap((host) =>
    askedFrom(topology, host.tier).flatMap((from) => {
      const ms = distanceTo(topology, from, host);
      return ms > 0 ? [{ from, host, ms }] : [];
    }),
  );
}
