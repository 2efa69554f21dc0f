import { FILES_NAME } from './names.ts';

/** What of a topology is read here. */
export interface TopologyBeforePlaces {
  readonly tiers: readonly { readonly name?: unknown; readonly public?: unknown; readonly distanceMs?: unknown }[];
  readonly links: readonly { readonly from?: unknown; readonly to?: unknown }[];
}

const NEAR = 'east';
const FAR = 'west';

/**
 * A topology as it would be written now: until December 2026 none declared places. Everything was in one; where a public tier stood before
 * another, with copies of its files, its hosts were in two in turn, and so were the users. A distance of 0 was written down, and that between
 * the two places was one of the tiers that users reach.
 */
export function withPlaces<Old extends TopologyBeforePlaces>(topology: Old): object {
  if ('places' in topology) return topology;
  const edge = topology.tiers.find((tier) => tier.public === true && originsOf(topology, tier.name).length > 0);
  if (edge === undefined) {
    return { ...topology, tiers: topology.tiers.map(withoutZero), places: [{ name: NEAR, kind: 'data centre', users: 1 }] };
  }
  const reached = [edge, ...originsOf(topology, edge.name)];
  const alike = reached.every(({ distanceMs }) => distanceMs === edge.distanceMs);
  return {
    ...topology,
    tiers: topology.tiers.map((tier) => ({
      ...(alike && reached.includes(tier) ? without(tier, 'distanceMs') : withoutZero(tier)),
      ...(tier === edge ? { places: [NEAR, FAR] } : {}),
    })),
    places: [
      { name: NEAR, kind: 'data centre', users: 0.5 },
      { name: FAR, kind: 'edge location', users: 0.5 },
    ],
    distances: [{ between: [NEAR, FAR], ms: edge.distanceMs ?? 0 }],
    names: [{ name: FILES_NAME, tiers: [edge.name], policy: { kind: 'nearest', ttlS: 60, checked: false } }],
  };
}

/** Public tiers that the hosts of a tier ask. */
function originsOf({ tiers, links }: TopologyBeforePlaces, name: unknown): TopologyBeforePlaces['tiers'] {
  return tiers.filter((tier) => tier.public === true && links.some(({ from, to }) => from === name && to === tier.name));
}

function withoutZero<T extends { readonly distanceMs?: unknown }>(tier: T): object {
  return tier.distanceMs === 0 ? without(tier, 'distanceMs') : tier;
}

function without<T extends object>(value: T, key: keyof T): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
