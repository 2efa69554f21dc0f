import type { ReplicationLag } from '@loadstair/operations';
import type { ComponentContext } from '../component.ts';
import { withClient } from './client.ts';
import { replayDelayMs } from './declaration.ts';

/** Received counts: what a replica has received it replays before it takes writes. */
const REPLICA_SQL = `SELECT pg_wal_lsn_diff(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), '0/0')::float8 AS received,
                            extract(epoch FROM pg_last_xact_replay_timestamp())::float8 * 1000 AS "committedMs"`;

const PRIMARY_SQL = `SELECT pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::float8 AS written,
                            extract(epoch FROM clock_timestamp())::float8 * 1000 AS "nowMs",
                            current_setting('synchronous_standby_names') AS standbys`;

/** What the primary measures by the answers of those that follow it (PostgreSQL documentation, pg_stat_replication). */
const LAGS_SQL = `SELECT application_name AS host, extract(epoch FROM flush_lag)::float8 AS "lagS" FROM pg_stat_replication`;

interface Received {
  readonly host: string;
  readonly received: number;
  readonly committedMs: number | null;
  readonly late: boolean;
}

/**
 * How far replicas are behind. Seconds are the age of the newest commit that a replica has replayed, by the primary's clock, which is
 * also the replica's here: the primary's own measure begins when it sends, and so knows nothing of what waits to be sent. A replica that
 * replays late on purpose has received more than it has replayed: there the primary's measure is all there is.
 */
export async function readLag(primary: ComponentContext, replicas: readonly ComponentContext[]): Promise<ReplicationLag> {
  const all = await Promise.all(replicas.map(readReplica));
  const [{ written, nowMs, standbys }, lags] = await withClient(primary, async (client) => {
    const { rows } = await client.query<{ written: number; nowMs: number; standbys: string }>(PRIMARY_SQL);
    const measured = await client.query<{ host: string; lagS: number | null }>(LAGS_SQL);
    return [rows[0] ?? { written: 0, nowMs: Date.now(), standbys: '' }, measured.rows] as const;
  });
  return {
    // As `standbyNames` writes it.
    waitsFor: Number(/^ANY (\d+)/.exec(standbys)?.[1] ?? 0),
    replicas: all.map(({ host, received, committedMs, late }) => {
      const behindBytes = Math.max(0, written - received);
      const measuredS = lags.find((lag) => lag.host === host)?.lagS ?? null;
      const ageS = committedMs === null ? null : Math.max(0, nowMs - committedMs) / 1000;
      return { host, behindBytes, behindS: behindBytes === 0 ? 0 : late ? measuredS : (ageS ?? measuredS) };
    }),
  };
}

async function readReplica(context: ComponentContext): Promise<Received> {
  const { rows } = await withClient(context, (client) => client.query<Omit<Received, 'host' | 'late'>>(REPLICA_SQL));
  const { received = 0, committedMs = null } = rows[0] ?? {};
  return { host: context.host.name, received, committedMs, late: replayDelayMs(context.host.tierSpec) > 0 };
}
