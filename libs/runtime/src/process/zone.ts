import { edgeAddresses, edgeTier, FILES_NAME, originAddresses, regionOfClient, REGIONS, type Placement } from '@loadstair/topology';
import type { Zone } from './dns.ts';

/**
 * Names of a site, answered for the region of who asks: that of the asker's network, or the one the name says (`west.photos.lab`).
 * k6 looks names up once for all its users, so it says for which of them.
 */
export function zoneOf(placement: () => Placement): Zone {
  return (name, asker) => {
    const now = placement();
    const said = REGIONS.find((region) => name.startsWith(`${region}.`));
    const region = said ?? regionOfClient(now, asker);
    const plain = said === undefined ? name : name.slice(said.length + 1);
    if (plain === now.siteName) return originAddresses(now, region);
    if (plain === FILES_NAME && edgeTier(now.topology) !== null) return edgeAddresses(now, region);
    return null;
  };
}
