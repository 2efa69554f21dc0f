import type { Consistency, DatabaseGroup, SitePlan } from '@loadstair/site-plan';
import { singleDatabase, type Database, type Given, type Key } from './database.ts';
import { bucketOf } from './ids.ts';
import { replicatedDatabase, sharedBy, type ReplicatedDatabase } from './replicated.ts';

export interface OpenDatabase {
  readonly database: Database;
  /** It changes in place. */
  readonly given: Given;
  /** From now on these are the servers of the groups, and this is the rule of reads. */
  adopt(groups: SitePlan['databases'], consistency: Consistency): void;
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
    const given: Given = { reads: {}, writes: {} };
    return { database: singleDatabase(first.primary, max, given), given, adopt() {} };
  }
  const shared = sharedBy(max);
  const open = (group: DatabaseGroup): ReplicatedDatabase => replicatedDatabase(group, consistency, shared, onError);
  const parts: Parts = [open(first), ...others.map(open)];
  return {
    database: others.length === 0 ? parts[0] : divided(parts),
    given: shared.given,
    adopt(now, rule) {
      for (const [index, group] of now.entries()) parts[index]?.adopt(group, rule);
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
