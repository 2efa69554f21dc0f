import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { SITE_LIMITS } from '../limits.ts';

/** A named statement is planned once a connection. Values travel as parameters, never as text. */
export type Query = <Row extends pg.QueryResultRow>(name: string, text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Connections to one database server. */
export interface Connections {
  /** Whether one of them waits for work. */
  readonly free: boolean;
  /** One of them for `work`, however many queries it makes. Rejects with DatabaseBusy, or DatabaseAway where the server is gone. */
  take(): Promise<Connection>;
  /** Opens another, where there may be one and none is being opened: for somebody who comes later. */
  grow(): void;
  /** Ends connections in use too: who waits for a server that says nothing gets an error. */
  breakOff(): void;
  /** Resolves when those in use are given back, and what a server that says nothing leaves open has had its time. */
  close(): Promise<void>;
}

export interface Connection {
  readonly query: Query;
  release(broken?: Error): void;
}

/** No connection came free in time, or the database did not answer. */
export class DatabaseBusy extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DatabaseBusy';
  }
}

/** The server is not there, or stops: another may answer. */
export class DatabaseAway extends DatabaseBusy {
  constructor(reason: string) {
    super(reason);
    this.name = 'DatabaseAway';
  }
}

const { acquireMs: ACQUIRE_MS, queryMs: QUERY_MS } = SITE_LIMITS;
const SILENT = 'the server says nothing';
/** SQLSTATE classes of a server that is away or stopping: 08 connection, 53 resources, 57P operator intervention. */
const AWAY = /^(08|53|57P)/;

/** SQLSTATE of a server that takes no more connections. */
const TOO_MANY = '53300';

/** Somebody who waits for a connection, whichever comes first: one given back or a new one. */
interface Waiter {
  take(client: pg.PoolClient): void;
  fail(error: Error): void;
}

/** Numbers of 64 bits, which would come as texts: ours are whole for JavaScript (ids.ts). */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary' = 'text') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/**
 * One connection at a time is opened, and nobody waits for that one in particular: to a server with a small CPU each costs
 * many requests' worth of it, and a rush of them would take its CPU away from the answers that would set connections free.
 *
 * @param onRefused called for each one that the server refuses because it has as many as it takes
 */
export function openConnections(url: string, max: number, onRefused: () => void = () => {}): Connections {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max,
    connectionTimeoutMillis: ACQUIRE_MS,
    query_timeout: QUERY_MS,
    idleTimeoutMillis: 0,
    keepAlive: true,
  });
  const inUse = new Set<pg.PoolClient>();
  const waiting: Waiter[] = [];
  /** Idle ones that the pool is about to hand out. */
  let promised = 0;
  /** How often connections were broken off: one that was on its way to somebody then is broken off as well. */
  let breaks = 0;
  let opening = false;
  let closed = false;
  // An idle connection that breaks is taken out by the pool; the next request opens another.
  pool.on('error', ignore);

  const lend = (client: pg.PoolClient): Connection => {
    inUse.add(client);
    // The pool listens to idle ones only. Who uses this one is told by the query; nobody listening would end the process.
    client.on('error', ignore);
    return {
      query: queryOn(client),
      release(broken) {
        inUse.delete(client);
        client.removeListener('error', ignore);
        if (broken === undefined) give(client);
        else {
          client.release(broken);
          if (waiting.length > 0) grow();
        }
      },
    };
  };
  const give = (client: pg.PoolClient): void => {
    const next = waiting.shift();
    if (next === undefined) client.release();
    else next.take(client);
  };
  const isFree = (): boolean => waiting.length === 0 && pool.idleCount > promised;
  const grow = (): void => {
    if (opening || closed || pool.totalCount >= max) return;
    opening = true;
    pool.connect().then(
      (client) => {
        opening = false;
        give(client);
        if (waiting.length > 0) grow();
      },
      (error: unknown) => {
        opening = false;
        if (codeOf(error) === TOO_MANY) onRefused();
        const failure = failureOf(error);
        // A server that is slow may still give back what it has; who waits for that waits on.
        if (failure instanceof DatabaseAway) waiting.shift()?.fail(failure);
        if (waiting.length > 0) grow();
      },
    );
  };
  const failAll = (reason: string): void => {
    for (const waiter of waiting.splice(0)) waiter.fail(new DatabaseAway(reason));
  };

  return {
    get free() {
      return isFree();
    },
    grow,
    async take() {
      if (closed) throw new DatabaseAway('this server is not one of ours any more');
      if (isFree()) {
        promised += 1;
        const breaksBefore = breaks;
        try {
          const client = await pool.connect();
          if (breaks === breaksBefore) return lend(client);
          client.release(true);
          throw new DatabaseAway(SILENT);
        } catch (error) {
          throw failureOf(error);
        } finally {
          promised -= 1;
        }
      }
      const connection = queued(waiting, ACQUIRE_MS).then(lend);
      grow();
      return connection;
    },
    breakOff() {
      breaks += 1;
      failAll(SILENT);
      // The type of a pooled client hides that it can be ended.
      for (const client of inUse) void (client as unknown as pg.Client).end().catch(() => {});
    },
    close() {
      closed = true;
      failAll('this server is not one of ours any more');
      // A silent server does not answer a goodbye either.
      return Promise.race([pool.end(), delay(QUERY_MS, undefined, { ref: false })]);
    },
  };
}

/** Stands in a queue, not for ever. */
function queued(waiting: Waiter[], waitMs: number): Promise<pg.PoolClient> {
  return new Promise((resolve, reject) => {
    const waiter: Waiter = {
      take(client) {
        clearTimeout(timer);
        resolve(client);
      },
      fail(error) {
        clearTimeout(timer);
        reject(error);
      },
    };
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(waiter), 1);
      reject(new DatabaseBusy(`no connection came free in ${waitMs} ms`));
    }, waitMs);
    waiting.push(waiter);
  });
}

function queryOn(client: pg.PoolClient): Query {
  return async <Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[] = []) => {
    try {
      return (await client.query<Row>({ name, text, values: [...values] })).rows;
    } catch (error) {
      throw isAway(error) ? new DatabaseAway((error as Error).message) : error;
    }
  };
}

function failureOf(error: unknown): DatabaseBusy {
  if (error instanceof DatabaseBusy) return error;
  const { message } = error as Error;
  return codeOf(error) === undefined ? new DatabaseBusy(message) : new DatabaseAway(message);
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code;
}

const ignore = (): void => {};

function isAway(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return AWAY.test(code) || /^E[A-Z]+$/.test(code);
  return error instanceof Error && /ECONN|EPIPE|Connection terminated|timeout/i.test(error.message);
}
