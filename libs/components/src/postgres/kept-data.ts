import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { PORTS } from '@loadstair/topology';
import type { ComponentContext } from '../component.ts';
import { until } from '../wait/wait.ts';
import { asUser, postgresFolder, postgresUser } from './template.ts';

/** A server that died may have much of its log to replay. */
const READY_MS = 60_000;

/**
 * Opens the data of a server that died, on a socket nobody else knows: it is read, and nobody writes to it. Ends the server
 * when the work is done.
 */
export async function withKeptData<Result>(
  context: ComponentContext,
  data: string,
  work: (client: pg.Client) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const user = postgresUser();
  const folder = `/tmp/loadstair-${context.placement.instance}-kept`;
  await mkdir(folder, { recursive: true });
  if (user !== null) await context.run('chown', [user, folder]);
  const settings = {
    listen_addresses: '',
    port: String(PORTS.postgres),
    unix_socket_directories: folder,
    synchronous_standby_names: '',
    shared_buffers: '32MB',
  };
  const [command, args] = asUser(user, join(postgresFolder(context), 'postgres'), [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const server = spawn(command, args, { cwd: data, stdio: 'ignore' });
  const ended = once(server, 'exit');
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ host: folder, port: PORTS.postgres, user: 'loadstair', database: 'photos' });
    await client.connect();
    return client;
  };
  try {
    let client: pg.Client | null = null;
    await until(
      async () => {
        if (server.exitCode !== null) throw new Error(`postgres ended with code ${server.exitCode}`);
        client = await connect();
        return null;
      },
      { host: 'the old primary', component: 'postgres' },
      { timeoutMs: READY_MS, signal },
    );
    const open = client as unknown as pg.Client;
    await open.query('SET default_transaction_read_only = on');
    return await work(open).finally(() => open.end());
  } finally {
    if (server.exitCode === null) server.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}
