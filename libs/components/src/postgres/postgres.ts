import { appendFile, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { isReplica, settingsOf } from '@loadstair/topology';
import type { Component, ComponentContext } from '../component.ts';
import { writeOwned } from '../owned-file.ts';
import { untilReady } from '../wait/wait.ts';
import { databaseName, withClient } from './client.ts';
import { postgresDeclaration } from './declaration.ts';
import { dataFolder, hostRules, identRules, passwordFile, passwordLine, postgresConfig } from './config.ts';
import { readDatabase } from './readings.ts';
import { baseBackup, followPrimary, isFollowing, notStreaming, replication } from './replication.ts';
import { slowLocks } from './slow-locks.ts';
import { databaseTemplate, postgresFolder } from './template.ts';
import { admitUsers } from './users.ts';

const READY_MS = 30_000;

/** PostgreSQL with the filled database of whoever queries it, or a replica of it. */
export const postgres: Component = {
  declaration: postgresDeclaration,
  async prepare(context) {
    const { host, placement, user } = context;
    if (isFollowing(context)) await baseBackup(context);
    else await copyTemplate(context);
    const data = dataFolder(host);
    // What stands last counts: a copy of the primary has its settings before these.
    await appendFile(join(data, 'postgresql.conf'), postgresConfig(host, placement, context.socketFolder));
    await writeOwned(join(data, 'pg_hba.conf'), hostRules(host, placement, databaseName(context.content)), user);
    await writeOwned(join(data, 'pg_ident.conf'), identRules(userInfo().username), user);
    // A primary may become a replica later.
    await writeOwned(passwordFile(host), passwordLine(context.secrets.replication), user);
  },
  process(context) {
    return {
      command: join(postgresFolder(context), 'postgres'),
      args: ['-D', dataFolder(context.host)],
      env: {},
      cwd: dataFolder(context.host),
    };
  },
  ready: (context, signal) =>
    untilReady(() => notReady(context), { host: context.host.name, component: 'postgres' }, { timeoutMs: READY_MS, signal }),
  // Fast shutdown: sessions are ended, data is written.
  stop: { signal: 'SIGINT', graceMs: 10_000 },
  metrics: {
    resources: (host, { topology }) => [
      { kind: 'lock', limit: null, waitsOn: null },
      ...(isReplica(topology, { name: host.tier }) ? [{ kind: 'replay', limit: null, waitsOn: null } as const] : []),
    ],
    read: readDatabase,
  },
  membersChanged: followPrimary,
  replication,
};

async function copyTemplate(context: ComponentContext): Promise<void> {
  const template = await databaseTemplate(context);
  const data = dataFolder(context.host);
  await rm(data, { recursive: true, force: true });
  await context.run('cp', ['-a', '--reflink=auto', join(template, 'data'), data]);
  if (context.user !== null) await context.run('chown', ['-R', '--no-dereference', `${context.user}:${context.user}`, data]);
}

async function notReady(context: ComponentContext): Promise<string | null> {
  const { content } = context;
  await withClient(context, (client) => client.query(content === null ? 'SELECT 1' : `SELECT 1 FROM ${content.filled} LIMIT 1`));
  if (isFollowing(context)) return notStreaming(context);
  await withClient(context, (client) => client.query(admitUsers(context.secrets)));
  const { lock } = settingsOf(context.host.tierSpec, postgresDeclaration);
  if (lock !== undefined) await withClient(context, (client) => client.query(slowLocks(lock, content?.hotTables ?? [])));
  return null;
}
