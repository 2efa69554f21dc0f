import { hash } from 'node:crypto';

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

/** 0 to 2³² − 1. */
function placeOf(key: string): number {
  return hash('md5', key, 'buffer').readUInt32LE(0);
}
