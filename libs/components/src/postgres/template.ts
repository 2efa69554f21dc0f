import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentContext, HostContext } from '../component.ts';
import { giveTo } from '../owned-file.ts';
import { untilReady } from '../wait/wait.ts';
import type { DatabaseContent } from '../database-content.ts';
import { databaseName, withNewClient } from './client.ts';
import { LAB_USER, siteRights } from './users.ts';

const SEED_TIMEOUT_MS = 180_000;

/**
 * A data folder with the schema, all rows and the users, made once for a version of all these and copied for every run. Nobody has
 * a password in it.
 *
 * @returns path of the finished template
 */
export async function databaseTemplate(context: ComponentContext): Promise<string> {
  const bin = postgresFolder(context);
  const version = (await context.run(join(bin, 'postgres'), ['--version'])).replace(/\D*(\d+).*/s, '$1');
  const finished = join(context.cacheFolder, `postgres-${version}-${sourcesHash(context)}`);
  if (existsSync(finished)) return finished;

  // Made under another name and renamed, so that a template is whole or absent, and two makers do not collide.
  const building = `${finished}.building-${process.pid}`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  try {
    await chmod(building, 0o700);
    await giveTo(context.user, building);
    const data = join(building, 'data');
    // What lets everybody in is a socket that nobody else can reach; a copy has rules of its own.
    await context.run(
      join(bin, 'initdb'),
      ['-D', data, '-U', LAB_USER, '--auth-local=trust', '--auth-host=reject', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
      { asHost: true, account: 'loadstair' },
    );
    await seed(context, bin, data);
    if (context.user !== null) await context.run('chown', ['-R', '--no-dereference', '0:0', building]);
    await rename(building, finished);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    if (existsSync(finished)) return finished;
    throw error;
  }
  return finished;
}

/** Runs the server on the host's own socket, without fsync, and lets the site's own programs fill it. */
async function seed(context: ComponentContext, bin: string, data: string): Promise<void> {
  const { socketFolder, content } = context;
  const settings = { listen_addresses: '', unix_socket_directories: socketFolder, fsync: 'off', max_wal_size: '4GB' };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = context.serve(join(bin, 'postgres'), ['-D', data, ...args], { cwd: data });
  try {
    await untilReady(
      async () => {
        if (server.exitCode !== null) throw new Error(`postgres ended with code ${server.exitCode}`);
        if (content === null) await withNewClient(context, (client) => client.query('SELECT 1'));
        else await context.run(join(bin, 'createdb'), ['-h', socketFolder, '-U', LAB_USER, content.name], { asHost: true });
        return null;
      },
      { host: 'template', component: 'postgres' },
      { timeoutMs: 20_000, signal: AbortSignal.timeout(SEED_TIMEOUT_MS) },
    );
    if (content !== null) await fill(context, content);
    await withNewClient(context, (client) => client.query(siteRights(databaseName(content))));
  } finally {
    // A fast shutdown writes a checkpoint, so copies start without recovery.
    await server.stop('SIGINT');
  }
}

async function fill(context: ComponentContext, { name, seedProgram }: DatabaseContent): Promise<void> {
  const args = ['--conditions=@loadstair/source', '--disable-warning=ExperimentalWarning', join(context.repoFolder, seedProgram)];
  const url = `postgres://${LAB_USER}@/${name}?host=${encodeURIComponent(context.socketFolder)}`;
  await context.run(process.execPath, args, { asHost: true, cwd: context.workFolder, env: { SITE_DATABASE: url } });
}

function sourcesHash({ repoFolder, content }: ComponentContext): string {
  const hash = createHash('sha256').update(siteRights(databaseName(content)));
  for (const source of content?.sources ?? []) {
    const folder = join(repoFolder, source);
    for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 12);
}

export function postgresFolder(context: Pick<HostContext, 'tools'>): string {
  const folder = context.tools['postgres'];
  if (folder === undefined) throw new Error('PostgreSQL was not found. ./lab doctor shows how to get it.');
  return folder;
}
