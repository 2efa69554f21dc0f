import { hostsWith, type PlacedHost, type Placement } from './placement.ts';
import type { Tier, Topology } from './topology.ts';

/** Where clients and edges are. The origin, everything that is no edge, stands in the first; the others are far from it. */
export const REGIONS = ['east', 'west'] as const;
export type Region = (typeof REGIONS)[number];

/** The tier whose hosts keep files near their clients; null when clients fetch them from the site itself. */
export function edgeTier(topology: Topology): Tier | null {
  return topology.tiers.find((tier) => tier.components.includes('varnish')) ?? null;
}

/** Regions of a topology's clients; one, that of the site, where nothing is near the others. */
export function regionsOf(topology: Topology): readonly Region[] {
  return edgeTier(topology) === null ? [REGIONS[0]] : REGIONS;
}

function isEdge({ tierSpec }: PlacedHost): boolean {
  return tierSpec.components.includes('varnish');
}

/** Edges stand in the regions in turn; everything else is where the origin is. */
export function regionOf(host: PlacedHost): Region {
  return isEdge(host) ? (REGIONS[(host.ordinal - 1) % REGIONS.length] as Region) : REGIONS[0];
}

/** Whether an edge answers no client, for a fault it was given. */
export function isDown(host: PlacedHost): boolean {
  return isEdge(host) && host.tierSpec.settings.down === regionOf(host);
}

/** Where a host of a public tier is reached from a region: its own address, or the proxy that stands for the way there. */
export function publicAddressFrom(placement: Placement, host: PlacedHost, region: Region): string | null {
  if (host.publicAddress === null) return null;
  const far = edgeTier(placement.topology) === null || regionOf(host) !== region;
  return far && host.tierSpec.distanceMs > 0 ? host.reachedAt : host.publicAddress;
}

/** The host at which the site itself is reached, and not only its files. */
export function siteHost({ hosts }: Pick<Placement, 'hosts'>): PlacedHost | null {
  return hosts.find((host) => host.publicAddress !== null && !isEdge(host)) ?? null;
}

/** Where clients of a region reach the site: all public hosts that are no edges. */
export function originAddresses(placement: Placement, region: Region): string[] {
  return placement.hosts.filter((host) => !isEdge(host)).flatMap((host) => publicAddressFrom(placement, host, region) ?? []);
}

/** Where clients of a region reach their nearest edges: those of the region, or all when it has none. */
export function edgeAddresses(placement: Placement, region: Region): string[] {
  const edges = hostsWith(placement, 'varnish');
  const near = edges.filter((host) => regionOf(host) === region);
  return (near.length === 0 ? edges : near).flatMap((host) => publicAddressFrom(placement, host, region) ?? []);
}

/** Clients of the second region have the middle of the block of client addresses; all others are where the origin is. */
const FAR_CLIENTS = { first: 64, last: 127 } as const;

/** Region of a client by its address, as a name server that answers by the asker's network sees it. */
export function regionOfClient(placement: Pick<Placement, 'clientPrefix'>, address: string): Region {
  const [prefix, last] = [address.slice(0, address.lastIndexOf('.')), Number(address.slice(address.lastIndexOf('.') + 1))];
  const far = prefix === placement.clientPrefix && last >= FAR_CLIENTS.first && last <= FAR_CLIENTS.last;
  return far ? REGIONS[1] : REGIONS[0];
}
