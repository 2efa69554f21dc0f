import { placesOf, resolve, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Zone } from './dns.ts';

/** A fraction that spreads its multiples evenly over 0 to 1 (the golden ratio): few draws already come close to the weights. */
const SPREAD = 0.618_033_988_749_895;

/**
 * Names of a site, answered for the place of who asks: that of the asker's network, or the one the name says (`west.photos.lab`).
 * k6 looks names up once for all its users, so it says for which of them.
 *
 * @param healthy whether a host passes its health check now
 */
export function zoneOf(placement: () => Placement, healthy: (host: PlacedHost) => boolean): Zone {
  let asked = 0;
  return (name, askerAddress) => {
    const now = placement();
    const places = placesOf(now.topology).map((place) => place.name);
    const said = places.find((place) => name.startsWith(`${place}.`));
    const place = said ?? now.addresses.placeOfClient(askerAddress) ?? (places[0] as string);
    const plain = said === undefined ? name : name.slice(said.length + 1);
    asked += 1;
    return resolve(now, plain, { place, draw: (asked * SPREAD) % 1 }, healthy);
  };
}
