import pg from 'pg';

/** The site's way to its database: a pool that counts what waiting and holding cost. */
export interface Database {
  /** Holds one connection for the whole of `work`, however many queries it makes. Rejects with DatabaseBusy. */
  withConnection<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  readonly stats: PoolStats;
  close(): Promise<void>;
}

/** A named statement is planned once a connection. Values travel as parameters, never as text. */
export type Query = <Row extends pg.QueryResultRow>(name: string, text: string, values?: readonly unknown[]) => Promise<Row[]>;

export interface PoolStats {
  readonly max: number;
  inUse: number;
  waiting: number;
  waitSeconds: number;
  holdSeconds: number;
  acquisitions: number;
}

/** No connection came free in time, or the database did not answer. */
export class DatabaseBusy extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DatabaseBusy';
  }
}

const ACQUIRE_MS = 6_000;
/** SQLSTATE classes of a server that is away or stopping: 08 connection, 53 resources, 57P operator intervention. */
const AWAY = /^(08|53|57P)/;

export function openDatabase(url: string, max: number): Database {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: ACQUIRE_MS, idleTimeoutMillis: 0, keepAlive: true });
  // An idle connection that breaks is taken out by the pool; the next request opens another.
  pool.on('error', () => {});
  const stats: PoolStats = { max, inUse: 0, waiting: 0, waitSeconds: 0, holdSeconds: 0, acquisitions: 0 };
  return {
    stats,
    async withConnection(work) {
      const asked = performance.now();
      stats.waiting += 1;
      let client: pg.PoolClient;
      try {
        client = await pool.connect();
      } catch (error) {
        throw new DatabaseBusy((error as Error).message);
      } finally {
        stats.waiting -= 1;
      }
      const taken = performance.now();
      stats.waitSeconds += (taken - asked) / 1000;
      stats.acquisitions += 1;
      stats.inUse += 1;
      let broken: Error | undefined;
      try {
        return await work(async <Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[] = []) => {
          const result = await client.query<Row>({ name, text, values: [...values] });
          return result.rows;
        });
      } catch (error) {
        const code = (error as { code?: string }).code;
        if (code === undefined ? isConnectionError(error) : AWAY.test(code)) {
          broken = error as Error;
          throw new DatabaseBusy((error as Error).message);
        }
        throw error;
      } finally {
        stats.inUse -= 1;
        stats.holdSeconds += (performance.now() - taken) / 1000;
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

function isConnectionError(error: unknown): boolean {
  return error instanceof Error && /ECONN|EPIPE|Connection terminated|timeout/i.test(error.message);
}
