import type { Database } from '../storage/database.ts';
import { bucketOf } from '../storage/ids.ts';

/**
 * Several databases, each with the rows of some owners: work sees those of its key only. Work whose key is not the owner of the rows it
 * touches finds nothing, or leaves rows where they do not belong.
 */
export function dividedDatabase(parts: readonly Database[]): Database & { partOf(key: number): number } {
  const partOf = (key: number): number => bucketOf(key) % parts.length;
  const partWith = (key: number): Database => parts[partOf(key)] as Database;
  return {
    stats: (parts[0] as Database).stats,
    partOf,
    read: (key, work) => partWith(key).read(key, work),
    write: (key, work) => partWith(key).write(key, work),
    scatter: async (work) => (await Promise.all(parts.map((part) => part.scatter(work)))).flat(),
    together: (keys) => [...Map.groupBy(keys, partOf).values()],
    close: async () => void (await Promise.all(parts.map((part) => part.close()))),
  };
}
