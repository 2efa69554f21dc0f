import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isReplica, settingsOf } from '@loadstair/topology';
import type { Component, ComponentContext } from '../component.ts';
import { untilReady } from '../wait/wait.ts';
import { databaseName, withClient } from './client.ts';
import { connectionsOf, PORT, postgresDeclaration, SITE_USER } from './declaration.ts';
import {
  configFile,
  dataFolder,
  hostRules,
  identFile,
  identRules,
  passwordFile,
  passwordLine,
  postgresConfig,
  rulesFile,
} from './config.ts';
import { IMAGE, IMAGE_ACCOUNT, inImage } from './image.ts';
import { readDatabase } from './readings.ts';
import { baseBackup, followPrimary, isFollowing, notStreaming, replication } from './replication.ts';
import { slowLocks } from './slow-locks.ts';
import { databaseTemplate, postgresFolder } from './template.ts';
import { admitUsers } from './users.ts';
import { simulatedPostgres } from './simulate.ts';

const READY_MS = 30_000;

/** PostgreSQL with the filled database of whoever queries it, or a replica of it. */
export const postgres: Component = {
  declaration: postgresDeclaration,
  files: ({ host, placement, content, socketFolder, secrets, account }) => [
    { path: configFile(host), text: postgresConfig(host, placement, socketFolder) },
    { path: rulesFile(host), text: hostRules(host, placement, databaseName(content)) },
    { path: identFile(host), text: identRules(account ?? IMAGE_ACCOUNT) },
    // A primary may become a replica later.
    { path: passwordFile(host), text: passwordLine(secrets.replication) },
  ],
  volumes: ({ host }) => [dataFolder(host)],
  initialise: (context) => (isFollowing(context) ? baseBackup(context) : copyTemplate(context)),
  process(context) {
    return {
      command: join(postgresFolder(context), 'postgres'),
      args: ['-D', dataFolder(context.host), `--config-file=${configFile(context.host)}`],
      env: {},
      cwd: dataFolder(context.host),
    };
  },
  readiness: (context) => ({
    kind: 'exec',
    command: join(postgresFolder(context), 'pg_isready'),
    // Without a user the server knows it would log every question as a failure.
    args: ['-q', '-h', context.host.address, '-p', String(PORT), '-U', SITE_USER, '-d', databaseName(context.content)],
  }),
  readyMs: READY_MS,
  settle: (context, signal) =>
    untilReady(() => notSettled(context), { host: context.host.name, component: 'postgres' }, { timeoutMs: READY_MS, signal }),
  image: IMAGE,
  inImage,
  // Fast shutdown: sessions are ended, data is written.
  stop: { signal: 'SIGINT', graceMs: 10_000 },
  simulated: simulatedPostgres,
  metrics: {
    resources: (host, { topology }) => [
      { kind: 'lock', limit: null, waitsOn: null },
      { kind: 'connections', limit: connectionsOf(host.tierSpec), waitsOn: null },
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

async function notSettled(context: ComponentContext): Promise<string | null> {
  const { content } = context;
  await withClient(context, (client) => client.query(content === null ? 'SELECT 1' : `SELECT 1 FROM ${content.filled} LIMIT 1`));
  if (isFollowing(context)) return notStreaming(context);
  await withClient(context, (client) => client.query(admitUsers(context.secrets)));
  const { lock } = settingsOf(context.host.tierSpec, postgresDeclaration);
  if (lock !== undefined) await withClient(context, (client) => client.query(slowLocks(lock, content?.hotTables ?? [])));
  return null;
}
