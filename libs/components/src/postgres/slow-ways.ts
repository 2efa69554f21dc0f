import {
  addressFrom,
  settingsOf,
  tierByRole,
  withSettings,
  type PlacedHost,
  type Placement,
  type Tier,
  type Topology,
} from '@loadstair/topology';
import { PORT, postgresDeclaration } from './declaration.ts';
import { groupPrimary } from './group.ts';

/** The way from a primary to a host that follows it, where that is slow: a proxy stands for it. */
export interface SlowWay {
  /** Who follows, and so connects. */
  readonly follower: PlacedHost;
  readonly primary: PlacedHost;
  /** Of what the primary sends; null where there is no limit. */
  readonly kibPerS: number | null;
  /** How long that is on its way. */
  readonly transitMs: number;
  /** Where the proxy listens. The address is one of the primary’s own, so that it is silent when the primary is. */
  readonly address: string;
  readonly port: number;
  /** Where the proxy connects to. */
  readonly upstream: { readonly address: string; readonly port: number };
}

/** Every such way of the hosts there are, to the primaries there are now. */
export function slowWays(placement: Placement): SlowWay[] {
  return placement.hosts.flatMap((host) => slowWayOf(placement, host) ?? []);
}

/** The way by which a host follows its primary; null where it is a way like all others, or the host follows nobody. */
export function slowWayOf(placement: Placement, follower: PlacedHost): SlowWay | null {
  const { topology } = placement;
  // A former primary that follows now plays the part of a replica.
  const part = tierByRole(placement, follower);
  const tier = topology.tiers.find(({ name }) => name === part);
  const { bandwidth = 0, transit = 0 } = tier === undefined ? {} : settingsOf(tier, postgresDeclaration);
  if (bandwidth === 0 && transit === 0) return null;
  const primary = groupPrimary(follower, placement);
  if (primary.name === follower.name) return null;
  return {
    follower,
    primary,
    kibPerS: bandwidth === 0 ? null : bandwidth,
    transitMs: transit,
    address: placement.addresses.way(follower.place, primary.number),
    // Each follower has a way of its own, beside the one that a distance may have at the same address.
    port: PORT + follower.number,
    upstream: { address: addressFrom(placement, follower.place, primary), port: PORT },
  };
}

/** Whether a way of this topology is slow, or may become so while the site runs. */
export function mayBeSlow({ tiers }: Topology): boolean {
  return tiers.some((tier) => waysOf(tier).length > 0);
}

/** A tier without slow ways: for where nothing can stand for them. */
export function withoutSlowWays(tier: Tier): Tier {
  const keys = waysOf(tier);
  return keys.length === 0 ? tier : withSettings(tier, postgresDeclaration.kind, Object.fromEntries(keys.map((key) => [key, 0])));
}

/** What a tier says of the ways to its hosts. */
function waysOf(tier: Pick<Tier, 'settings'>): string[] {
  const { bandwidth, transit } = settingsOf(tier, postgresDeclaration);
  return Object.entries({ bandwidth, transit }).flatMap(([key, value]) => (value === undefined ? [] : [key]));
}
