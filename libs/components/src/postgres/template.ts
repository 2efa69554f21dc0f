import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ComponentContext } from '../component.ts';
import { until } from '../wait/wait.ts';

/** Folders whose content decides what the seeded database holds. */
const SEED_SOURCES = ['libs/photo-site/src/storage/migrations', 'libs/photo-site/src/seed'];
const SEED_TIMEOUT_MS = 180_000;

/**
 * A data folder with the schema and all rows, made once for a version of the migrations and copied for every run.
 *
 * @returns path of the finished template
 */
export async function databaseTemplate(context: ComponentContext, user: string | null): Promise<string> {
  const bin = postgresFolder(context);
  const version = (await context.run(join(bin, 'postgres'), ['--version'])).replace(/\D*(\d+).*/s, '$1');
  const finished = join(context.cacheFolder, `postgres-${version}-${sourcesHash(context.repoFolder)}`);
  if (existsSync(finished)) return finished;

  // Made under another name and renamed, so that a template is whole or absent, and two makers do not collide.
  const building = `${finished}.building-${process.pid}`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  try {
    if (user !== null) await context.run('chown', [user, building]);
    const data = join(building, 'data');
    await context.run(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'loadstair', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
      userOption(user),
    );
    await seed(context, bin, data, building, user);
    await rename(building, finished);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    if (existsSync(finished)) return finished;
    throw error;
  }
  return finished;
}

/** Runs the server on a socket of its own, without fsync, and lets the site's own programs fill it. */
async function seed(context: ComponentContext, bin: string, data: string, folder: string, user: string | null): Promise<void> {
  const socketFolder = `/tmp/loadstair-seed-${process.pid}`;
  await mkdir(socketFolder, { recursive: true });
  if (user !== null) await context.run('chown', [user, socketFolder]);
  const args = [
    '-D',
    data,
    '-c',
    'listen_addresses=',
    '-c',
    `unix_socket_directories=${socketFolder}`,
    '-c',
    'fsync=off',
    '-c',
    'max_wal_size=4GB',
  ];
  const [command, commandArgs] = asUser(user, join(bin, 'postgres'), args);
  const server = spawn(command, commandArgs, { cwd: folder, stdio: 'ignore' });
  const ended = once(server, 'exit');
  try {
    await until(
      async () => {
        if (server.exitCode !== null) throw new Error(`postgres ended with code ${server.exitCode}`);
        await context.run(join(bin, 'createdb'), ['-h', socketFolder, '-U', 'loadstair', 'photos']);
        return null;
      },
      { host: 'template', component: 'postgres' },
      { timeoutMs: 20_000, signal: AbortSignal.timeout(SEED_TIMEOUT_MS) },
    );
    await context.run(
      process.execPath,
      [
        '--conditions=@loadstair/source',
        '--disable-warning=ExperimentalWarning',
        join(context.repoFolder, 'apps', 'site', 'src', 'seed.ts'),
      ],
      { env: { SITE_DATABASE: `postgres://loadstair@/photos?host=${encodeURIComponent(socketFolder)}` } },
    );
  } finally {
    // A fast shutdown writes a checkpoint, so copies start without recovery.
    if (server.exitCode === null) server.kill('SIGINT');
    await ended;
    await rm(socketFolder, { recursive: true, force: true });
  }
  await writeFile(join(folder, 'made-by.json'), JSON.stringify({ sources: SEED_SOURCES }));
}

function sourcesHash(repoFolder: string): string {
  const hash = createHash('sha256');
  for (const source of SEED_SOURCES) {
    const folder = join(repoFolder, source);
    for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 12);
}

export function postgresFolder(context: ComponentContext): string {
  const folder = context.tools.postgres;
  if (folder === undefined) throw new Error('PostgreSQL was not found. ./lab doctor shows how to get it.');
  return folder;
}

/** PostgreSQL refuses to run as root; then it runs as the system user its package made. */
export function postgresUser(): string | null {
  return process.getuid?.() === 0 ? 'postgres' : null;
}

export function asUser(user: string | null, command: string, args: readonly string[]): [string, string[]] {
  if (user === null) return [command, [...args]];
  return ['setpriv', [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', command, ...args]];
}

function userOption(user: string | null): { user?: string } {
  return user === null ? {} : { user };
}
