import { addressFrom, settingsOf, withSettings, type PlacedHost, type Placement, type Tier, type Topology } from '@loadstair/topology';
import { PORT, postgresDeclaration } from './declaration.ts';
import { groupPrimary } from './group.ts';

/** The way from a primary to a host that follows it, where that carries only so much: a proxy stands for it. */
export interface NarrowWay {
  /** Who follows, and so connects. */
  readonly follower: PlacedHost;
  readonly primary: PlacedHost;
  /** What the primary sends. */
  readonly kibPerS: number;
  /** Where the proxy listens. The address is one of the primary’s own, so that it is silent when the primary is. */
  readonly address: string;
  readonly port: number;
  /** Where the proxy connects to. */
  readonly upstream: { readonly address: string; readonly port: number };
}

/** Every such way of the hosts there are, to the primaries there are now. */
export function narrowWays(placement: Placement): NarrowWay[] {
  return placement.hosts.flatMap((host) => narrowWayOf(placement, host) ?? []);
}

/** The way by which a host follows its primary; null where it carries all there is, or the host follows nobody. */
export function narrowWayOf(placement: Placement, follower: PlacedHost): NarrowWay | null {
  const kibPerS = bandwidthOf(follower.tierSpec) ?? 0;
  if (kibPerS === 0) return null;
  const primary = groupPrimary(follower, placement);
  if (primary.name === follower.name) return null;
  return {
    follower,
    primary,
    kibPerS,
    address: placement.addresses.way(follower.place, primary.number),
    // Each follower has a way of its own, beside the one that a distance may have at the same address.
    port: PORT + follower.number,
    upstream: { address: addressFrom(placement, follower.place, primary), port: PORT },
  };
}

/** Whether a way of this topology is narrow, or may become so while the site runs. */
export function mayBeNarrow({ tiers }: Topology): boolean {
  return tiers.some((tier) => bandwidthOf(tier) !== undefined);
}

/** A tier without narrow ways: for where nothing can stand for them. */
export function asWide(tier: Tier): Tier {
  return bandwidthOf(tier) === undefined ? tier : withSettings(tier, postgresDeclaration.kind, { bandwidth: 0 });
}

/** KiB/s; 0 is no limit, undefined where a tier says nothing of it. */
function bandwidthOf(tier: Pick<Tier, 'settings'>): number | undefined {
  return settingsOf(tier, postgresDeclaration).bandwidth;
}
