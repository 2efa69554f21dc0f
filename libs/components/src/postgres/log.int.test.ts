import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startProcess, until, type StartedProcess } from '@loadstair/kit/node';
import { placeTopology, type PlacedHost } from '@loadstair/topology';
import pg from 'pg';
import type { LogEntry } from '../log-format.ts';
import { entriesOf } from '../testing/logged.ts';
import { configFile, dataFolder, identFile, postgresConfig, rulesFile } from './config.ts';
import { PORT } from './declaration.ts';
import { postgresLog } from './log.ts';

const INSTANCE = 95;
const PACKAGED = '/usr/lib/postgresql';
const folder = mkdtempSync(join(tmpdir(), 'loadstair-postgres-log-'));
const placement = placeTopology(
  {
    stage: 1,
    slug: '',
    title: '',
    tiers: [{ name: 'db', count: 1, cpu: 1, memoryMiB: 256, components: ['postgres'], settings: {}, public: false, distanceMs: 0 }],
    links: [],
  },
  { instance: INSTANCE, labFolder: folder },
);
const [host] = placement.hosts as readonly [PlacedHost];
/** PostgreSQL refuses to run as root. */
const asUser = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
let server: StartedProcess;
let entries: readonly LogEntry[];

function command(program: string, args: readonly string[]): [string, string[]] {
  const [newest = ''] = existsSync(PACKAGED) ? readdirSync(PACKAGED).toSorted((a, b) => Number(b) - Number(a)) : [];
  const path = newest === '' ? program : join(PACKAGED, newest, 'bin', program);
  const [first = '', ...rest] = [...asUser, path, ...args];
  return [first, rest];
}

beforeAll(async () => {
  mkdirSync(dirname(dataFolder(host)), { recursive: true });
  chmodSync(folder, 0o755);
  writeFileSync(configFile(host), postgresConfig(host, placement, folder));
  writeFileSync(rulesFile(host), 'host all all 127.0.0.0/8 trust\n');
  writeFileSync(identFile(host), '');
  if (asUser.length > 0) execFileSync('chown', ['-R', 'postgres', folder]);
  execFileSync(...command('initdb', ['-D', dataFolder(host), '-U', 'postgres', '--auth=trust', '--no-sync']), { cwd: folder });
  server = startProcess(...command('postgres', ['-D', dataFolder(host), `--config-file=${configFile(host)}`]), {
    output: 'pipe',
    cwd: folder,
  });
  entries = entriesOf(server, postgresLog);
  await until(() => entries.some(({ msg }) => msg === 'database system is ready to accept connections'), {
    what: 'PostgreSQL is ready',
    timeoutMs: 30_000,
  });
}, 60_000);

afterAll(async () => {
  await server.stop('SIGINT', 10_000);
  rmSync(folder, { recursive: true, force: true });
});

async function logged(sqlstate: string): Promise<LogEntry> {
  const found = (): LogEntry | null => entries.find((entry) => entry.sqlstate === sqlstate) ?? null;
  return until(found, { what: `an entry with SQLSTATE ${sqlstate}`, timeoutMs: 5_000 });
}

it('has an entry of what failed: its SQLSTATE, its statement in one piece, who asked', async () => {
  const client = new pg.Client({ host: host.address, port: PORT, user: 'postgres', database: 'postgres' });
  await client.connect();
  await client.query('CREATE TABLE photos (id int PRIMARY KEY)');
  await client.query('INSERT INTO photos VALUES (7)');
  const again = 'INSERT INTO photos\n  VALUES ($1)';
  await expect(client.query(again, [7])).rejects.toThrow('duplicate key');
  await client.end();
  const entry = await logged('23505');
  expect(entry).toMatchObject({
    level: 50,
    severity: 'ERROR',
    msg: 'duplicate key value violates unique constraint "photos_pkey"',
    detail: 'Key (id)=(7) already exists.',
    statement: again,
    user: 'postgres',
    client: expect.stringMatching(/^127\./),
    pid: expect.any(Number),
  });
  expect(Math.abs((entry.time ?? 0) - Date.now())).toBeLessThan(10_000);

  const lost = new pg.Client({ host: host.address, port: PORT, user: 'postgres', database: 'nowhere' });
  await expect(lost.connect()).rejects.toThrow();
  expect(await logged('3D000')).toMatchObject({ level: 50, severity: 'FATAL', msg: 'database "nowhere" does not exist' });
}, 30_000);
