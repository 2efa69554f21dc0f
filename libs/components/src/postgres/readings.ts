import { processCpuSeconds } from '@loadstair/kit/node';
import type { ComponentContext, ComponentMetrics } from '../component.ts';
import { NOTHING_READ, type SoftReading } from '../soft-reading.ts';
import { withClient } from './client.ts';
import { groupPrimary } from './group.ts';
import { isFollowing } from './replication.ts';

/** The lab's own session takes a connection too, and is not active for anybody. */
const SESSIONS_SQL = `SELECT count(*) FILTER (WHERE wait_event_type = 'Lock')::int AS waiting,
                             count(*) FILTER (WHERE wait_event = 'SyncRep')::int AS committing,
                             count(*) FILTER (WHERE state = 'active' AND pid <> pg_backend_pid())::int AS active,
                             count(*)::int AS open
                        FROM pg_stat_activity
                       WHERE backend_type = 'client backend'`;

const WRITTEN_SQL = 'SELECT pg_current_wal_flush_lsn()::text AS written';

/**
 * How far a replica is behind what its primary has written. The primary itself says how much that is ($1): what it told the replica comes
 * over the same link as the log, as late as the log itself. Without a primary, that is all there is. The age of the last transaction
 * counts only while something is left to replay: where nobody writes, it grows although nothing is missing.
 */
const REPLAY_SQL = `SELECT pg_wal_lsn_diff(written, '0/0')::float8 AS written,
                           greatest(0, pg_wal_lsn_diff(written, replayed))::float8 AS behind,
                           CASE WHEN written > replayed
                                THEN greatest(0, extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()))::float8
                                ELSE 0 END AS seconds,
                           (SELECT pid FROM pg_stat_activity WHERE backend_type = 'startup') AS pid
                      FROM (SELECT greatest($1::pg_lsn, (SELECT latest_end_lsn FROM pg_stat_wal_receiver), pg_last_wal_receive_lsn()) AS written,
                                   pg_last_wal_replay_lsn() AS replayed) AS places`;

export const readDatabase: ComponentMetrics['read'] = async (context, living) => {
  const sessions = await readSessions(context);
  if (!isFollowing(context)) return sessions;
  const primary = living(groupPrimary(context.host, context.placement));
  return [...sessions, ...(await readReplay(context, primary === null ? null : await readWritten(primary)))];
};

/** How far a primary has written its log; null where it does not answer. */
async function readWritten(primary: ComponentContext): Promise<string | null> {
  try {
    const { rows } = await withClient(primary, (client) => client.query<{ written: string }>({ name: 'written', text: WRITTEN_SQL }));
    return rows[0]?.written ?? null;
  } catch {
    // Its own reading is a gap, which the validity gate counts.
    return null;
  }
}

async function readSessions(context: ComponentContext): Promise<SoftReading[]> {
  const { rows } = await withClient(context, (client) =>
    client.query<{ waiting: number; committing: number; active: number; open: number }>({ name: 'sessions', text: SESSIONS_SQL }),
  );
  const row = rows[0];
  if (row === undefined) return [];
  const { active, waiting, committing, open } = row;
  const atMs = Date.now();
  return [
    { ...NOTHING_READ, kind: 'lock', atMs, inUse: active, waiting, committing },
    { ...NOTHING_READ, kind: 'connections', atMs, inUse: open },
  ];
}

async function readReplay(context: ComponentContext, written: string | null): Promise<SoftReading[]> {
  const { rows } = await withClient(context, (client) =>
    client.query<{ written: number | null; behind: number | null; seconds: number | null; pid: number | null }>({
      name: 'replay',
      text: REPLAY_SQL,
      values: [written],
    }),
  );
  const row = rows[0];
  if (row === undefined || row.written === null || row.behind === null) return [];
  return [
    {
      kind: 'replay',
      atMs: Date.now(),
      inUse: null,
      waiting: null,
      waitSeconds: null,
      busySeconds: row.pid === null ? null : processCpuSeconds(row.pid),
      acquisitions: null,
      replay: { writtenBytes: row.written, behindBytes: row.behind, behindSeconds: row.seconds },
    },
  ];
}
