import { appendFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { PORTS, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Component, ComponentContext, SoftReading } from '../component.ts';
import { slowLocks } from './slow-locks.ts';
import { until } from '../wait/wait.ts';
import { databaseTemplate, postgresFolder, postgresUser } from './template.ts';

const READY_MS = 30_000;

/** PostgreSQL with the seeded photo database. */
export const postgres: Component = {
  kind: 'postgres',
  tools: ['postgres'],
  keepsData: true,
  async prepare(context) {
    const { host, placement } = context;
    const user = postgresUser();
    const template = await databaseTemplate(context, user);
    await rm(dataFolder(host), { recursive: true, force: true });
    await context.run('cp', ['-a', '--reflink=auto', join(template, 'data'), dataFolder(host)]);
    await mkdir(socketFolder(host, placement), { recursive: true });
    if (user !== null) await context.run('chown', [user, socketFolder(host, placement)]);
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
    until(
      async () => {
        await withClient(context, (client) => client.query('SELECT 1 FROM users LIMIT 1'));
        const { lock } = context.host.tierSpec.settings;
        if (lock !== undefined) await withClient(context, (client) => client.query(slowLocks(lock)));
        return null;
      },
      { host: context.host.name, component: 'postgres' },
      { timeoutMs: READY_MS, signal },
    ),
  // Fast shutdown: sessions are ended, data is written.
  stop: { signal: 'SIGINT', graceMs: 10_000 },
  metrics: {
    scrape: null,
    resources: () => [{ kind: 'lock', limit: null, waitsOn: null }],
    read: readLocks,
  },
};

export function postgresConfig(host: PlacedHost, placement: Placement): string {
  const buffersMiB = Math.max(16, Math.min(128, Math.floor(host.tierSpec.memoryMiB / 4)));
  const settings: Record<string, string> = {
    listen_addresses: `'${host.address}'`,
    port: String(PORTS.postgres),
    unix_socket_directories: `'${socketFolder(host, placement)}'`,
    shared_buffers: `${buffersMiB}MB`,
    max_connections: '200',
    // Compiling plans costs more than these short queries take.
    jit: 'off',
    max_wal_size: '1GB',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: `'%m [%p] '`,
  };
  return `\n# loadstair\n${Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')}`;
}

/** No passwords inside the instance's own loopback network, which clients cannot enter. */
function hostRules(placement: Placement): string {
  return `host photos loadstair 127.${placement.instance}.0.0/16 trust\nhost photos loadstair 127.0.0.1/32 trust\n`;
}

function dataFolder(host: PlacedHost): string {
  return join(host.folder, 'postgres');
}

/** Short, because a socket's path may have 107 bytes only. */
export function socketFolder(host: PlacedHost, placement: Placement): string {
  return `/tmp/loadstair-${placement.instance}-${host.name}`;
}

const clients = new Map<string, pg.Client>();

/** One kept connection a host, over the local socket: it answers while the served port is full. */
async function withClient<Result>(context: ComponentContext, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const folder = socketFolder(context.host, context.placement);
  let client = clients.get(folder);
  if (client === undefined) {
    client = new pg.Client({
      host: folder,
      port: PORTS.postgres,
      user: 'loadstair',
      database: 'photos',
      connectionTimeoutMillis: 2000,
      query_timeout: 2000,
    });
    // A server that goes away ends the connection; the next read makes a new one.
    client.on('error', () => clients.delete(folder));
    await client.connect();
    clients.set(folder, client);
  }
  try {
    return await work(client);
  } catch (error) {
    clients.delete(folder);
    await client.end().catch(() => {});
    throw error;
  }
}

const LOCKS_SQL = `SELECT count(*) FILTER (WHERE wait_event_type = 'Lock')::int AS waiting,
                          count(*) FILTER (WHERE state = 'active')::int AS active
                     FROM pg_stat_activity
                    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;

async function readLocks(context: ComponentContext): Promise<SoftReading[]> {
  const { rows } = await withClient(context, (client) =>
    client.query<{ waiting: number; active: number }>({ name: 'locks', text: LOCKS_SQL }),
  );
  const row = rows[0];
  if (row === undefined) return [];
  return [
    { kind: 'lock', atMs: Date.now(), inUse: row.active, waiting: row.waiting, waitSeconds: null, busySeconds: null, acquisitions: null },
  ];
}
