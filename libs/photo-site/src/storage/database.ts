import type { PoolStats } from '@loadstair/program/stats';
import type { DatabaseMember } from '@loadstair/site-plan';
import { DatabaseBusy, openConnections, type Connection, type Query } from './connections.ts';

/**
 * Whose rows some work touches: the id of their owner, or of anything of that owner's (ids.ts). It decides which of several databases is
 * asked, so work that touches rows of somebody else finds nothing.
 */
export type Key = number;

/** Of rows that belong to nobody and are the same everywhere, such as prices. */
export const EVERYBODY: Key = 0;

/** The site's way to its data. */
export interface Database {
  /** Holds one connection for the whole of `work`, however many queries it makes. Rejects with DatabaseBusy. */
  write<Result>(key: Key, work: Work<Result>): Promise<Result>;
  /** The same for work that changes nothing: it may be answered by a server that is a little behind, and be done again by another. */
  read<Result>(key: Key, work: Work<Result>): Promise<Result>;
  /** A read of everybody's rows: done once on each group of databases, with one result each. */
  scatter<Result>(work: Work<Result>): Promise<readonly Result[]>;
  /** Keys in lists, each of rows that stand together and that one piece of work can so touch. */
  together(keys: readonly Key[]): readonly (readonly Key[])[];
  readonly stats: PoolStats;
  close(): Promise<void>;
}

/** Pieces of work given to each database server so far, by its name: those that change something, and those that do not. */
export interface Given {
  readonly reads: Record<string, number>;
  readonly writes: Record<string, number>;
}

export function count(given: Record<string, number>, server: string): void {
  given[server] = (given[server] ?? 0) + 1;
}

export type Work<Result> = (query: Query) => Promise<Result>;

export function emptyStats(max: number): PoolStats {
  return { max, inUse: 0, waiting: 0, waitSeconds: 0, holdSeconds: 0, acquisitions: 0, refused: 0 };
}

/**
 * One server for everything.
 *
 * @param given counts what the server is asked for
 */
export function singleDatabase({ name, url }: DatabaseMember, max: number, { reads, writes }: Given): Database {
  const stats = emptyStats(max);
  const connections = openConnections(url, max, () => (stats.refused += 1));
  const work = <Result>(counted: Record<string, number>, one: Work<Result>): Promise<Result> => {
    count(counted, name);
    return hold(stats, () => connections.take(), one);
  };
  return {
    stats,
    write: (_key, one) => work(writes, one),
    read: (_key, one) => work(reads, one),
    scatter: async (one) => [await work(reads, one)],
    together: (keys) => [keys],
    close: () => connections.close(),
  };
}

/** Takes a connection, works on it, gives it back; counts what waiting and holding cost. */
export async function hold<Result>(stats: PoolStats, take: () => Promise<Connection>, work: Work<Result>): Promise<Result> {
  const asked = performance.now();
  stats.waiting += 1;
  let connection: Connection;
  try {
    connection = await take();
  } finally {
    stats.waiting -= 1;
  }
  const taken = performance.now();
  stats.waitSeconds += (taken - asked) / 1000;
  stats.acquisitions += 1;
  stats.inUse += 1;
  let broken: Error | undefined;
  try {
    return await work(connection.query);
  } catch (error) {
    if (error instanceof DatabaseBusy) broken = error;
    throw error;
  } finally {
    stats.inUse -= 1;
    stats.holdSeconds += (performance.now() - taken) / 1000;
    connection.release(broken);
  }
}
