import { setTimeout as delay } from 'node:timers/promises';
import type { PoolStats } from '@loadstair/program/stats';
import type { Consistency, DatabaseGroup, DatabaseMember } from '@loadstair/site-plan';
import { DatabaseAway, openConnections, type Connection, type Connections, type Query } from './connections.ts';
import { count, emptyStats, EVERYBODY, hold, type Database, type Given, type Key, type Work } from './database.ts';
import { watchHealth, type Health } from './health.ts';
import { ownWrites, parseLsn, type OwnWrite } from './own-writes.ts';
import { currentReader } from './reader.ts';
import { turnstile, type Turnstile } from './turnstile.ts';

export interface ReplicatedDatabase extends Database {
  readonly given: Given;
  /** From now on these are the servers, and this is the rule of reads; what is under way on others ends there. */
  adopt(members: DatabaseGroup, consistency: Consistency): void;
}

/** What all groups of a site have together: one limit of connections in use, and what is counted. */
export interface Shared {
  readonly stats: PoolStats;
  readonly gate: Turnstile;
  readonly given: Given;
}

export function sharedBy(max: number): Shared {
  return { stats: emptyStats(max), gate: turnstile(max), given: { reads: {}, writes: {} } };
}

interface Server {
  readonly member: DatabaseMember;
  readonly connections: Connections;
  readonly health: Health;
}

/** So long after a write its author reads from the primary. */
const AFTER_WRITE_MS = 5_000;
/** For a replica to replay what its reader wrote; then the primary answers. */
const REPLAY_MS = 1_000;
const REPLAY_LOOK_MS = 10;
/** SQLSTATE of a query that a replica ended because the primary had changed what it was reading. */
const CONFLICT = '40001';

/** A replica that has not replayed what its reader wrote. */
class Behind extends Error {}

/**
 * One group of databases. Writes go to the primary, reads in turn to the replicas that answer; to the primary when none does. A read
 * whose replica goes away is done again elsewhere. One limit of connections holds for all servers together,
 * those of other groups too.
 */
export function replicatedDatabase(
  first: DatabaseGroup,
  firstConsistency: Consistency,
  { stats, gate, given }: Shared,
  onError: (error: unknown) => void,
): ReplicatedDatabase {
  const servers = new Map<string, Server>();
  const writes = ownWrites(AFTER_WRITE_MS);
  let members = first;
  let consistency = firstConsistency;
  let turn = 0;

  const open = (member: DatabaseMember): Server => {
    const connections = openConnections(member.url, stats.max, () => (stats.refused += 1));
    // Where nobody has read yet, the first who must needs not wait for a connection.
    connections.grow();
    return { member, connections, health: watchHealth(member.url, () => connections.breakOff()) };
  };
  const close = async ({ connections, health }: Server): Promise<void> => {
    health.stop();
    await connections.close();
  };
  const adopt = (now: DatabaseGroup, rule: Consistency): void => {
    consistency = rule;
    const demoted = now.primary.name === members.primary.name ? undefined : servers.get(members.primary.name);
    members = now;
    const wanted = new Map([now.primary, ...(now.replicas ?? [])].map((member) => [member.name, member]));
    for (const [name, server] of servers) {
      if (wanted.get(name)?.url === server.member.url) continue;
      servers.delete(name);
      void close(server).catch(onError);
    }
    for (const [name, member] of wanted) if (!servers.has(name)) servers.set(name, open(member));
    // Another was promoted because this one is dead: one that lost power never says so, and writes that wait for it hold their places.
    if (demoted !== undefined && wanted.has(demoted.member.name)) demoted.connections.breakOff();
  };
  adopt(first, firstConsistency);

  const primary = (): Server => servers.get(members.primary.name) as Server;
  /** @param choose asked when it is the work's turn: who waits longer than a failover takes must not go to the old primary */
  const take = async (choose: () => Server): Promise<Connection> => {
    await gate.enter();
    try {
      const connection = await choose().connections.take();
      return {
        query: connection.query,
        release(broken) {
          gate.leave();
          connection.release(broken);
        },
      };
    } catch (error) {
      gate.leave();
      throw error;
    }
  };
  const readOn = <Result>(choose: () => Server, work: Work<Result>): Promise<Result> =>
    hold(stats, () => take(counted(given.reads, choose)), work);
  const writeOn = <Result>(choose: () => Server, work: Work<Result>): Promise<Result> =>
    hold(stats, () => take(counted(given.writes, choose)), work);
  /**
   * Replicas in service, the next in turn first; those that have replayed a write before those that have not. One whose
   * connections are all in use opens another, and whoever has one free answers meanwhile: so one that has just come gets its
   * share as fast as it opens connections, and not all at once.
   */
  const inTurn = (after: bigint): Server[] => {
    const healthy = (members.replicas ?? []).flatMap(({ name }) => {
      const server = servers.get(name);
      return server?.health.healthy === true ? [server] : [];
    });
    turn += 1;
    const turned = healthy.map((_, index) => healthy[(turn + index) % healthy.length] as Server);
    if (turned[0]?.connections.free === false) turned[0].connections.grow();
    const rank = ({ health, connections }: Server): number => 2 * Number(health.replayed >= after) + Number(connections.free);
    return turned.toSorted((a, b) => rank(b) - rank(a));
  };
  const ownWrite = (): OwnWrite | null => {
    const reader = remembers(consistency) ? currentReader() : undefined;
    return reader === undefined ? null : writes.of(reader);
  };

  const read = async <Result>(_key: Key, work: Work<Result>): Promise<Result> => {
    if (consistency === 'primary') return readOn(primary, work);
    const own = ownWrite();
    if (own !== null && own.lsn === null) {
      try {
        return await readOn(primary, work);
      } catch (error) {
        // Without a primary, old news are better than none.
        if (!(error instanceof DatabaseAway)) throw error;
      }
    }
    const after = own?.lsn ?? 0n;
    for (const server of inTurn(after)) {
      try {
        return await readOn(
          () => server,
          async (query) => {
            if (server.health.replayed < after) await replayed(query, after);
            return work(query);
          },
        );
      } catch (error) {
        // A second replica is asked after one that went, not after one that is slow: the reader has waited long enough.
        if (error instanceof Behind) break;
        if (error instanceof DatabaseAway) server.health.suspect();
        else if ((error as { code?: string }).code !== CONFLICT) throw error;
      }
    }
    return readOn(primary, work);
  };

  return {
    stats,
    given,
    adopt,
    read,
    scatter: async (work) => [await read(EVERYBODY, work)],
    together: (keys) => [keys],
    async write(_key, work) {
      const reader = remembers(consistency) ? currentReader() : undefined;
      if (reader === undefined) return writeOn(primary, work);
      return writeOn(primary, async (query) => {
        const result = await work(query);
        const lsn = consistency === 'wait-for-lsn' ? await writtenUpTo(query) : null;
        writes.note(reader, { atMs: Date.now(), lsn });
        return result;
      });
    },
    async close() {
      await Promise.all([...servers.values()].map(close));
    },
  };
}

/** The same choice; whoever is chosen is given a piece of work. */
function counted(counts: Record<string, number>, choose: () => Server): () => Server {
  return () => {
    const server = choose();
    count(counts, server.member.name);
    return server;
  };
}

/** Whether a rule of reads asks what a reader wrote before. */
export function remembers(consistency: Consistency): boolean {
  return consistency === 'after-write-primary' || consistency === 'wait-for-lsn';
}

async function writtenUpTo(query: Query): Promise<bigint> {
  const [row] = await query<{ lsn: string }>('written-up-to', 'SELECT pg_current_wal_insert_lsn()::text AS lsn');
  return parseLsn(row?.lsn ?? '0/0');
}

/** Resolves when a replica has replayed up to a place in the log; rejects with Behind after a while. */
async function replayed(query: Query, lsn: bigint): Promise<void> {
  const giveUp = performance.now() + REPLAY_MS;
  for (;;) {
    const [row] = await query<{ lsn: string | null }>('replayed', 'SELECT pg_last_wal_replay_lsn()::text AS lsn');
    if (parseLsn(row?.lsn ?? '0/0') >= lsn) return;
    if (performance.now() > giveUp) throw new Behind();
    await delay(REPLAY_LOOK_MS);
  }
}
