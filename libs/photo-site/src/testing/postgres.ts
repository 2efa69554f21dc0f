import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { delimiter } from 'node:path';
import { existsSync, readdirSync } from 'node:fs';
import pg from 'pg';
import { retry } from './retry.ts';

const run = promisify(execFile);

export interface StartedPostgres {
  /** Of the empty database `photos`. */
  readonly url: string;
  readonly pid: number;
  /** Ends the server and removes its folder; idempotent. */
  stop(): Promise<void>;
}

/** A PostgreSQL of its own for a test, on a loopback address nobody else uses, without fsync, gone after `stop`. */
export async function startPostgres(address = '127.99.0.1', port = 5432): Promise<StartedPostgres> {
  const bin = programFolder();
  const folder = await mkdtemp(join(tmpdir(), 'loadstair-test-'));
  // PostgreSQL refuses to run as root; then it runs as the user its package made.
  const asUser = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
  const command = (program: string, args: readonly string[]): [string, string[]] => {
    const [first, ...rest] = [...asUser, join(bin, program), ...args];
    return [first as string, rest];
  };
  if (asUser.length > 0) await run('chown', ['postgres', folder]);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  await run(...command('initdb', ['-D', data, '-U', 'loadstair', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']), {
    cwd: folder,
  });
  const options = { listen_addresses: address, port, unix_socket_directories: folder, fsync: 'off', jit: 'off', max_wal_size: '2GB' };
  const args = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(...command('postgres', ['-D', data, ...args]), { cwd: folder, stdio: 'ignore' });
  const ended = once(server, 'exit');
  const urlOf = (database: string): string => `postgres://loadstair@${address}:${port}/${database}`;
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      if (server.exitCode === null) server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    })();
    return stopped;
  };
  try {
    await retry(20_000, async () => {
      if (server.exitCode !== null) throw new Error(`postgres ended with code ${server.exitCode}; is ${address}:${port} taken?`);
      await withClient(urlOf('postgres'), (client) => client.query('CREATE DATABASE photos'));
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf('photos'), pid: server.pid as number, stop };
}

export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Folder of initdb and postgres: on PATH, or the newest that Debian's packages brought. */
function programFolder(): string {
  const debian = '/usr/lib/postgresql';
  const packaged = existsSync(debian)
    ? readdirSync(debian)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(debian, version, 'bin'))
    : [];
  const found = [...(process.env['PATH'] ?? '').split(delimiter), ...packaged].find((folder) => existsSync(join(folder, 'initdb')));
  if (found === undefined) throw new Error('PostgreSQL was not found. ./lab doctor shows how to get it.');
  return found;
}
