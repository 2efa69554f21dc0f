import { groupOf, primaryOf, type PlacedHost, type Placement } from '@loadstair/topology';

/** The host that takes the writes of a database host's group; itself where it stands alone. */
export function groupPrimary(host: PlacedHost, placement: Placement): PlacedHost {
  return primaryOf(placement, groupOf(placement.topology, host.tier)?.name ?? host.tier);
}
