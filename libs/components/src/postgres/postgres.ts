import { appendFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isReplica } from '@loadstair/topology';
import type { Component, ComponentContext } from '../component.ts';
import { until } from '../wait/wait.ts';
import { socketFolder, withClient } from './client.ts';
import { dataFolder, hostRules, postgresConfig } from './config.ts';
import { readDatabase } from './readings.ts';
import { admitReplicas, baseBackup, followPrimary, isFollowing, notStreaming, replication } from './replication.ts';
import { slowLocks } from './slow-locks.ts';
import { databaseTemplate, postgresFolder, postgresUser } from './template.ts';

const READY_MS = 30_000;

/** PostgreSQL with the seeded photo database, or a replica of it. */
export const postgres: Component = {
  kind: 'postgres',
  tools: ['postgres'],
  keepsData: true,
  async prepare(context) {
    const { host, placement } = context;
    const user = postgresUser();
    if (isFollowing(context)) await baseBackup(context, user);
    else await copyTemplate(context, user);
    await mkdir(socketFolder(host, placement), { recursive: true });
    if (user !== null) await context.run('chown', [user, socketFolder(host, placement)]);
    // What stands last counts: a copy of the primary has its settings before these.
    await appendFile(join(dataFolder(host), 'postgresql.conf'), postgresConfig(host, placement));
    await appendFile(join(dataFolder(host), 'pg_hba.conf'), hostRules(placement));
  },
  process(context) {
    return {
      command: join(postgresFolder(context), 'postgres'),
      args: ['-D', dataFolder(context.host)],
      env: {},
      cwd: dataFolder(context.host),
      user: postgresUser(),
    };
  },
  ready: (context, signal) =>
    until(() => notReady(context), { host: context.host.name, component: 'postgres' }, { timeoutMs: READY_MS, signal }),
  // Fast shutdown: sessions are ended, data is written.
  stop: { signal: 'SIGINT', graceMs: 10_000 },
  metrics: {
    scrape: null,
    resources: (host, { topology }) => [
      { kind: 'lock', limit: null, waitsOn: null },
      ...(isReplica(topology, { name: host.tier }) ? [{ kind: 'replay', limit: null, waitsOn: null } as const] : []),
    ],
    read: readDatabase,
  },
  membersChanged: followPrimary,
  replication,
};

async function copyTemplate(context: ComponentContext, user: string | null): Promise<void> {
  const template = await databaseTemplate(context, user);
  const data = dataFolder(context.host);
  await rm(data, { recursive: true, force: true });
  await context.run('cp', ['-a', '--reflink=auto', join(template, 'data'), data]);
}

async function notReady(context: ComponentContext): Promise<string | null> {
  await withClient(context, (client) => client.query('SELECT 1 FROM users LIMIT 1'));
  if (isFollowing(context)) return notStreaming(context);
  await admitReplicas(context);
  const { lock } = context.host.tierSpec.settings;
  if (lock !== undefined) await withClient(context, (client) => client.query(slowLocks(lock)));
  return null;
}
