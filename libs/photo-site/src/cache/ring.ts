/**
 * Consistent hashing (Karger et al. 1997, doi 10.1145/258533.258660): every host stands at many places of a circle, and a key
 * belongs to the host that comes next. When a host goes, its keys spread over the others and no other key moves.
 */
export interface Ring {
  /** Name of the host a key belongs to; null where there is none. */
  hostOf(key: string): string | null;
}

/** So many places make shares of two to sixteen hosts differ by some ten per cent. */
const PLACES = 160;

export function ringOf(hosts: readonly string[]): Ring {
  const places = hosts
    .flatMap((host) => Array.from({ length: PLACES }, (_, index) => ({ at: placeOf(`${host}#${index}`), host })))
    // Two at one place: the order must not depend on the order in which hosts came.
    .sort((a, b) => a.at - b.at || (a.host < b.host ? -1 : 1));
  return {
    hostOf(key) {
      const at = placeOf(key);
      let low = 0;
      let high = places.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((places[middle] as { at: number }).at < at) low = middle + 1;
        else high = middle;
      }
      return (places[low] ?? places[0])?.host ?? null;
    },
  };
}

/**
 * 0 to 2³² − 1, by FNV-1a with the last step of MurmurHash3, without which keys that differ in their last figure would stand side by
 * side. A cryptographic hash takes some forty times as long, and each lookup needs several.
 */
export function placeOf(key: string): number {
  let place = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) place = Math.imul(place ^ key.charCodeAt(index), 0x01000193);
  place = Math.imul(place ^ (place >>> 16), 0x85ebca6b);
  place = Math.imul(place ^ (place >>> 13), 0xc2b2ae35);
  return (place ^ (place >>> 16)) >>> 0;
}
