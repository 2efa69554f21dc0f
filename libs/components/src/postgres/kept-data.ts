import { join } from 'node:path';
import pg from 'pg';
import type { ComponentContext } from '../component.ts';
import { untilReady } from '../wait/wait.ts';
import { labConnection } from './client.ts';
import { postgresFolder } from './template.ts';

/** A server that died may have much of its log to replay. */
const READY_MS = 60_000;

/**
 * Opens the data of a server that died, on a socket beside that of the host: it is read, and nobody writes to it. Ends the server when
 * the work is done.
 *
 * @param context of a host that lives, whose user the server runs as
 */
export async function withKeptData<Result>(
  context: ComponentContext,
  data: string,
  work: (client: pg.Client) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  if (context.user !== null) await context.run('chown', ['-R', '--no-dereference', `${context.user}:${context.user}`, data]);
  const settings = {
    listen_addresses: '',
    port: String(KEPT_PORT),
    unix_socket_directories: context.socketFolder,
    synchronous_standby_names: '',
    shared_buffers: '32MB',
  };
  const server = context.serve(
    join(postgresFolder(context), 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { cwd: data },
  );
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ ...labConnection(context), port: KEPT_PORT });
    await client.connect();
    return client;
  };
  try {
    let client: pg.Client | null = null;
    await untilReady(
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
    await server.stop('SIGINT');
  }
}

/** A name in the socket folder only: it listens on no port. */
const KEPT_PORT = 5433;
