/** A place for values that are expensive to get; where it lives is the stage's choice. */
export interface Cache<Value> {
  get(key: string): Promise<Value | undefined>;
  set(key: string, value: Value): Promise<void>;
}

/**
 * Least recently used, in the memory of this process. Bounded by number and by bytes: users choose how large their pictures are.
 */
export function memoryCache(maxEntries: number, maxBytes: number): Cache<Buffer> {
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= entries.get(key)?.length ?? 0;
    entries.delete(key);
  };
  const entries = new Map<string, Buffer>();
  return {
    async get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    async set(key, value) {
      drop(key);
      entries.set(key, value);
      bytes += value.length;
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries && bytes <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}

/** Where something behind it keeps values. */
export function noCache<Value>(): Cache<Value> {
  return { get: async () => undefined, set: async () => {} };
}
