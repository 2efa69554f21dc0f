/** A place for values that are expensive to get; where it lives is the stage's choice. */
export interface Cache<Value> {
  get(key: string): Promise<Value | undefined>;
  set(key: string, value: Value): Promise<void>;
}

/** Least recently used, in the memory of this process. */
export function memoryCache<Value>(maxEntries: number): Cache<Value> {
  const entries = new Map<string, Value>();
  return {
    async get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    async set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value as string);
    },
  };
}

/** Where something behind it keeps values. */
export function noCache<Value>(): Cache<Value> {
  return { get: async () => undefined, set: async () => {} };
}
