/** Keys that were in the cache at some time, as far as this process has seen. */
export interface Remembered {
  add(key: string): void;
  has(key: string): boolean;
  forget(key: string): void;
}

/** Four bytes a key instead of its text; two keys of one number, of so many, are rare enough for a count. */
const MOST = 100_000;

export function remembered(most = MOST): Remembered {
  const places = new Set<number>();
  return {
    add(key) {
      const place = numberOf(key);
      if (places.has(place)) return;
      places.add(place);
      // The oldest stands first.
      if (places.size > most) places.delete(places.values().next().value as number);
    },
    has: (key) => places.has(numberOf(key)),
    forget: (key) => void places.delete(numberOf(key)),
  };
}

/**
 * 0 to 2³² − 1, by FNV-1a with the last step of MurmurHash3. It is wanted twice a lookup and decides nothing but a count; a cryptographic
 * hash takes many times as long.
 */
function numberOf(key: string): number {
  let number = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) number = Math.imul(number ^ key.charCodeAt(index), 0x01000193);
  number = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  number = Math.imul(number ^ (number >>> 13), 0xc2b2ae35);
  return (number ^ (number >>> 16)) >>> 0;
}
