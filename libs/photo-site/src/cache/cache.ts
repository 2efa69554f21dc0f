import { LRUCache } from 'lru-cache';

/** A place for values that are expensive to get; where it lives is the stage's choice. */
export interface Cache<Value> {
  get(key: string): Promise<Value | undefined>;
  set(key: string, value: Value): Promise<void>;
}

/**
 * Least recently used, in the memory of this process. Bounded by number and by bytes: users choose how large their pictures are. What is
 * larger than all of it is not kept.
 */
export function memoryCache(maxEntries: number, maxBytes: number): Cache<Buffer> {
  const entries = new LRUCache<string, Buffer>({
    max: maxEntries,
    maxSize: maxBytes,
    // A size of nothing is refused.
    sizeCalculation: ({ length }) => Math.max(1, length),
  });
  return {
    get: async (key) => entries.get(key),
    set: async (key, value) => void entries.set(key, value),
  };
}

/** Where something behind it keeps values. */
export function noCache<Value>(): Cache<Value> {
  return { get: async () => undefined, set: async () => {} };
}
