import pg from 'pg';

/** A named statement is planned once a connection. Values travel as parameters, never as text. */
export type Query = <Row extends pg.QueryResultRow>(name: string, text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Connections to one database server. */
export interface Connections {
  /** One of them for `work`, however many queries it makes. Rejects with DatabaseBusy, or DatabaseAway where the server is gone. */
  take(): Promise<Connection>;
  /** Ends connections in use too: who waits for an answer of a server that says nothing gets an error. */
  breakOff(): void;
  /** Resolves when those in use are given back. */
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

export const ACQUIRE_MS = 6_000;
/** SQLSTATE classes of a server that is away or stopping: 08 connection, 53 resources, 57P operator intervention. */
const AWAY = /^(08|53|57P)/;

export function openConnections(url: string, max: number): Connections {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: ACQUIRE_MS, idleTimeoutMillis: 0, keepAlive: true });
  const inUse = new Set<pg.PoolClient>();
  // An idle connection that breaks is taken out by the pool; the next request opens another.
  pool.on('error', ignore);
  return {
    async take() {
      let client: pg.PoolClient;
      try {
        client = await pool.connect();
      } catch (error) {
        const { message } = error as Error;
        throw (error as { code?: string }).code === undefined ? new DatabaseBusy(message) : new DatabaseAway(message);
      }
      inUse.add(client);
      // The pool listens to idle ones only. Who uses this one is told by the query; nobody listening would end the process.
      client.on('error', ignore);
      return {
        query: async <Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[] = []) => {
          try {
            return (await client.query<Row>({ name, text, values: [...values] })).rows;
          } catch (error) {
            throw isAway(error) ? new DatabaseAway((error as Error).message) : error;
          }
        },
        release(broken) {
          inUse.delete(client);
          client.removeListener('error', ignore);
          client.release(broken);
        },
      };
    },
    breakOff() {
      // The type of a pooled client hides that it can be ended.
      for (const client of inUse) void (client as unknown as pg.Client).end().catch(() => {});
    },
    close: () => pool.end(),
  };
}

const ignore = (): void => {};

function isAway(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  if (code !== undefined) return AWAY.test(code) || /^E[A-Z]+$/.test(code);
  return error instanceof Error && /ECONN|EPIPE|Connection terminated|timeout/i.test(error.message);
}
