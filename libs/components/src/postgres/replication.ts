import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { ComponentContext, Replication } from '../component.ts';
import { untilReady } from '../wait/wait.ts';
import { giveTo } from '../owned-file.ts';
import { withClient, withNewClient } from './client.ts';
import { copyConnection, dataFolder, primaryConnection, standbyNames } from './config.ts';
import { replayDelayMs } from './declaration.ts';
import { groupPrimary } from './group.ts';
import { readLag } from './lag.ts';
import { withKeptData } from './kept-data.ts';
import { missingRows } from './promised.ts';
import { restoreMissing } from './restore.ts';
import { postgresFolder } from './template.ts';

const PROMOTE_S = 30;

/** Whether the host's server follows another. */
export function isFollowing({ host, placement }: Pick<ComponentContext, 'host' | 'placement'>): boolean {
  return groupPrimary(host, placement).name !== host.name;
}

/** Of pg_basebackup, as which a replica begins. */
export function copyArguments({ host, placement }: Pick<ComponentContext, 'host' | 'placement'>): string[] {
  return ['-d', copyConnection(host, placement), '-D', dataFolder(host), '--wal-method=stream', '--checkpoint=fast', '--no-password'];
}

/** Copies the primary's data while it goes on serving, with the log that was written meanwhile. */
export async function baseBackup(context: ComponentContext): Promise<void> {
  const { host, user } = context;
  const data = dataFolder(host);
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { mode: 0o700 });
  await giveTo(user, data);
  await context.run(join(postgresFolder(context), 'pg_basebackup'), [...copyArguments(context), '--no-sync'], { asHost: true });
  await writeFile(join(data, 'standby.signal'), '');
  // What was set on the primary while it ran, for example whom it followed before, is not this one's.
  await writeFile(join(data, 'postgresql.auto.conf'), '');
}

/** What a replica says while it does not follow yet; null when it does. */
export async function notStreaming(context: ComponentContext): Promise<string | null> {
  const { rows } = await withClient(context, (client) => client.query<{ status: string }>('SELECT status FROM pg_stat_wal_receiver'));
  return rows[0]?.status === 'streaming' ? null : `it does not receive the primary’s log: ${rows[0]?.status ?? 'not connected'}`;
}

/** A replica whose primary is another now follows that one, and one that shall replay later or sooner does, without a restart. */
export async function followPrimary(context: ComponentContext, signal: AbortSignal): Promise<void> {
  if (!isFollowing(context)) return;
  const wanted = primaryConnection(context.host, context.placement);
  const { rows } = await withClient(context, (client) =>
    client.query<{ primary: string; delay: string }>(
      `SELECT current_setting('primary_conninfo') AS primary,
              (SELECT setting FROM pg_settings WHERE name = 'recovery_min_apply_delay') AS delay`,
    ),
  );
  const delayMs = String(replayDelayMs(context.host.tierSpec));
  if (rows[0]?.delay !== delayMs) await set(context, 'recovery_min_apply_delay', delayMs);
  if (rows[0]?.primary === wanted) return;
  await set(context, 'primary_conninfo', wanted);
  await untilReady(
    () => notStreaming(context),
    { host: context.host.name, component: 'postgres' },
    { timeoutMs: PROMOTE_S * 1000, signal },
  );
}

/** Changes a setting of a server that runs. */
async function set(context: ComponentContext, name: string, value: string): Promise<void> {
  await withClient(context, (client) => client.query(`ALTER SYSTEM SET ${name} = ${pg.escapeLiteral(value)}`));
  await withClient(context, (client) => client.query('SELECT pg_reload_conf()'));
}

export const replication: Replication = {
  dataFolder,
  async position(context) {
    const { rows } = await withClient(context, (client) =>
      client.query<{ bytes: string }>(
        `SELECT pg_wal_lsn_diff(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), '0/0')::text AS bytes`,
      ),
    );
    return BigInt(rows[0]?.bytes ?? 0);
  },
  guarantee: (context, replicas) => set(context, 'synchronous_standby_names', standbyNames(replicas)),
  lag: readLag,
  missing: (context, rows) => withNewClient(context, (client) => missingRows(client, context.content?.marks ?? {}, rows)),
  restore: (context, data, signal) =>
    withKeptData(
      context,
      data,
      (from) => withNewClient(context, (to) => restoreMissing(context.content?.restorable ?? [], from, to)),
      signal,
    ),
  async promote(context, signal) {
    // Only asked for here: `pg_promote` would wait longer than our own connection may be silent.
    await withClient(context, (client) => client.query('SELECT pg_promote(false)'));
    await untilReady(
      async () => {
        const { rows } = await withClient(context, (client) => client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby'));
        return rows[0]?.standby === false ? null : 'it still replays';
      },
      { host: context.host.name, component: 'postgres' },
      { timeoutMs: PROMOTE_S * 1000, signal },
    );
  },
};
