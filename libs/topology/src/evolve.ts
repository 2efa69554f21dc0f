import { withSettings } from './declared.ts';
import { placesOf } from './places.ts';
import type { DnsPolicy, Place, SettingValue, Tier, Topology } from './topology.ts';

/** One difference between a stage and the next. */
export type Change = (topology: Topology) => Topology;

export class UnknownTier extends Error {
  constructor(name: string, known: readonly string[]) {
    super(`Unknown tier ${name}. Tiers are ${known.join(', ')}.`);
    this.name = 'UnknownTier';
  }
}

/** The next stage: the last one with changes applied in order. */
export function evolve(
  previous: Topology,
  identity: { readonly stage: number; readonly slug: string; readonly title: string },
  ...changes: readonly Change[]
): Topology {
  return changes.reduce((topology, change) => change(topology), { ...previous, ...identity });
}

/** Adds a tier where the data flow reaches it: before the tier `before`, or last. */
export function addTier(tier: Tier, before?: string): Change {
  return (topology) => {
    const index = before === undefined ? topology.tiers.length : tierIndex(topology, before);
    return { ...topology, tiers: topology.tiers.toSpliced(index, 0, tier) };
  };
}

/** Puts several tiers where one was; its links are taken away. */
export function splitTier(name: string, into: readonly Tier[]): Change {
  return ({ groups = [], ...topology }) => {
    const left = groups.filter((group) => group !== name);
    return {
      ...topology,
      tiers: topology.tiers.toSpliced(tierIndex(topology, name), 1, ...into),
      links: topology.links.filter((link) => link.from !== name && link.to !== name),
      ...(left.length === 0 ? {} : { groups: left }),
    };
  };
}

export function addHosts(name: string, count: number): Change {
  return changeTier(name, (tier) => ({ ...tier, count: tier.count + count }));
}

export function resize(name: string, size: Partial<Pick<Tier, 'cpu' | 'memoryMiB'>>): Change {
  return changeTier(name, (tier) => ({ ...tier, ...size }));
}

/** Settings of a component on the hosts of a tier. */
export function setOnTier(name: string, kind: string, values: Readonly<Record<string, SettingValue>>): Change {
  return changeTier(name, (tier) => withSettings(tier, kind, values));
}

/**
 * Adds a place; its users come from the other places, from each the same share.
 *
 * @param distances round trips to the places there are, ms
 */
export function addPlace(place: Place, distances: Readonly<Record<string, number>>): Change {
  return (topology) => ({
    ...topology,
    places: [...placesOf(topology).map((one) => ({ ...one, users: one.users * (1 - place.users) })), place],
    distances: [
      ...(topology.distances ?? []),
      ...Object.entries(distances).map(([name, ms]) => ({ between: [name, place.name] as const, ms })),
    ],
  });
}

/** A name for hosts of tiers, which the site's own then no longer stands for; one that is there already is replaced. */
export function addName(name: string, tiers: readonly string[], policy: DnsPolicy): Change {
  return (topology) => ({ ...topology, names: [...(topology.names ?? []).filter((one) => one.name !== name), { name, tiers, policy }] });
}

/** Clients can no longer reach the tier's hosts. */
export function makePrivate(name: string): Change {
  return changeTier(name, (tier) => ({ ...tier, public: false }));
}

/** Replaces all links that reach `to` from `from`, or adds one. */
export function link(from: string, to: string, role: string): Change {
  return (topology) => ({ ...topology, links: [...topology.links, { from, to, role }] });
}

export function unlink(from: string, to: string): Change {
  return (topology) => ({
    ...topology,
    links: topology.links.filter((one) => one.from !== from || one.to !== to),
  });
}

export function changeTier(name: string, change: (tier: Tier) => Tier): Change {
  return (topology) => {
    const index = tierIndex(topology, name);
    return { ...topology, tiers: topology.tiers.with(index, change(topology.tiers[index] as Tier)) };
  };
}

function tierIndex(topology: Topology, name: string): number {
  const index = topology.tiers.findIndex((tier) => tier.name === name);
  if (index === -1) {
    throw new UnknownTier(
      name,
      topology.tiers.map((tier) => tier.name),
    );
  }
  return index;
}
