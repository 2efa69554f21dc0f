import { placeOf } from './ring.ts';

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
      const place = placeOf(key);
      if (places.has(place)) return;
      places.add(place);
      // The oldest stands first.
      if (places.size > most) places.delete(places.values().next().value as number);
    },
    has: (key) => places.has(placeOf(key)),
    forget: (key) => void places.delete(placeOf(key)),
  };
}
