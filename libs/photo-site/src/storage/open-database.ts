import type { Consistency, DatabaseGroup, SitePlan } from '@loadstair/site-plan';
import { singleDatabase, type Database, type Key } from './database.ts';
import { bucketOf } from './ids.ts';
import { replicatedDatabase, sharedBy, type ReplicatedDatabase } from './replicated.ts';

export interface OpenDatabase {
  readonly database: Database;
  /** Reads given to each server so far, by its name; it changes in place. Null where there is one server. */
  readonly reads: Readonly<Record<string, number>> | null;
  /** From now on these are the servers of the groups. */
  adopt(groups: SitePlan['databases']): void;
}

/**
 * The site's data in as many groups of databases as the plan has, each with the rows of some buckets (ids.ts), in turn.
 *
 * @param max connections in use at once, to all servers together
 */
export function openDatabase(
  groups: SitePlan['databases'],
  consistency: Consistency,
  max: number,
  onError: (error: unknown) => void,
): OpenDatabase {
  const [first, ...others] = groups;
  if (others.length === 0 && first.replicas === null) {
    return { database: singleDatabase(first.primary.url, max), reads: null, adopt() {} };
  }
  const shared = sharedBy(max);
  const open = (group: DatabaseGroup): ReplicatedDatabase => replicatedDatabase(group, consistency, shared, onError);
  const parts: Parts = [open(first), ...others.map(open)];
  return {
    database: others.length === 0 ? parts[0] : divided(parts),
    reads: shared.reads,
    adopt(now) {
      for (const [index, group] of now.entries()) parts[index]?.adopt(group);
    },
  };
}

type Parts = readonly [ReplicatedDatabase, ...ReplicatedDatabase[]];

function divided(parts: Parts): Database {
  const indexOf = (key: Key): number => bucketOf(key) % parts.length;
  const partOf = (key: Key): Database => parts[indexOf(key)] ?? parts[0];
  return {
    stats: parts[0].stats,
    read: (key, work) => partOf(key).read(key, work),
    write: (key, work) => partOf(key).write(key, work),
    scatter: async (work) => (await Promise.all(parts.map((part) => part.scatter(work)))).flat(),
    together: (keys) => [...Map.groupBy(keys, indexOf).values()],
    async close() {
      await Promise.all(parts.map((part) => part.close()));
    },
  };
}
