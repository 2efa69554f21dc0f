import pg from 'pg';
import { SITE_LIMITS } from '../limits.ts';
import { parseLsn } from './own-writes.ts';

/** Whether a replica answers, and how far it has replayed. */
export interface Health {
  readonly healthy: boolean;
  readonly replayed: bigint;
  /** Somebody could not reach it: out of service until a look succeeds. */
  suspect(): void;
  stop(): void;
}

/** A busy replica takes long to answer; one that crashed refuses at once, and one without power says nothing. */
const { everyMs: EVERY_MS, answerMs: LOOK_MS, bad: BAD_LOOKS } = SITE_LIMITS.look;

/** Looks at a replica over a connection of its own, so that a full pool does not make it look dead. */
export function watchHealth(url: string, onDown: () => void): Health {
  let healthy = false;
  let replayed = 0n;
  let bad = 0;
  let client: pg.Client | null = null;
  let stopped = false;

  const look = async (): Promise<void> => {
    try {
      if (client === null) {
        const fresh = new pg.Client({ connectionString: url, connectionTimeoutMillis: LOOK_MS, query_timeout: LOOK_MS });
        fresh.on('error', () => drop(fresh));
        await fresh.connect();
        client = fresh;
      }
      const { rows } = await client.query<{ lsn: string | null }>('SELECT pg_last_wal_replay_lsn()::text AS lsn');
      replayed = parseLsn(rows[0]?.lsn ?? '0/0');
      bad = 0;
      healthy = true;
    } catch {
      if (client !== null) drop(client);
      bad += 1;
      if (bad >= BAD_LOOKS && healthy) {
        healthy = false;
        onDown();
      }
    }
  };
  const drop = (one: pg.Client): void => {
    if (client === one) client = null;
    void one.end().catch(() => {});
  };
  let timer: NodeJS.Timeout;
  const again = async (): Promise<void> => {
    await look();
    if (stopped) return;
    timer = setTimeout(() => void again(), EVERY_MS);
    timer.unref();
  };
  timer = setTimeout(() => void again(), 0);
  return {
    get healthy() {
      return healthy;
    },
    get replayed() {
      return replayed;
    },
    suspect() {
      healthy = false;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      if (client !== null) drop(client);
    },
  };
}
