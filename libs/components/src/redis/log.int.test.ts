import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startProcess, until, type StartedProcess } from '@loadstair/kit/node';
import { placeTopology, type PlacedHost } from '@loadstair/topology';
import type { LogEntry } from '../log-format.ts';
import { contextOf } from '../testing/context.ts';
import { entriesOf } from '../testing/logged.ts';
import { redisConfig } from './config.ts';
import { redisLog } from './log.ts';
import { redis } from './redis.ts';

const INSTANCE = 96;
const folder = mkdtempSync(join(tmpdir(), 'loadstair-redis-log-'));
const placement = placeTopology(
  {
    stage: 5,
    slug: '',
    title: '',
    tiers: [{ name: 'cache', count: 1, cpu: 1, memoryMiB: 256, components: ['redis'], settings: {}, public: false, distanceMs: 0 }],
    links: [],
  },
  { instance: INSTANCE, labFolder: folder },
);
const [host] = placement.hosts as readonly [PlacedHost];
const started: StartedProcess[] = [];

/** A server as the lab starts it, but for where its files are. */
function start(name: string): readonly LogEntry[] {
  const workFolder = join(folder, name);
  mkdirSync(workFolder);
  const file = join(workFolder, 'redis.conf');
  const secrets = { cache: 'cache-secret', cacheAdmin: 'admin-secret' };
  writeFileSync(file, redisConfig(host, placement, { socket: join(workFolder, 'redis.sock'), workFolder }, secrets));
  const { env } = redis.process(contextOf(host, placement));
  const program = startProcess('redis-server', [file], {
    output: 'pipe',
    cwd: workFolder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  started.push(program);
  return entriesOf(program, redisLog);
}

function found(entries: readonly LogEntry[], words: RegExp): Promise<LogEntry> {
  return until(() => entries.find(({ msg }) => words.test(msg)) ?? null, { what: `an entry with ${words}`, timeoutMs: 10_000 });
}

let first: readonly LogEntry[];
beforeAll(() => {
  first = start('first');
});
afterAll(async () => {
  for (const program of started) await program.stop('SIGTERM', 5_000);
  rmSync(folder, { recursive: true, force: true });
});

it('has entries with the time they were written, and nothing of a start is a warning', async () => {
  const ready = await found(first, /Ready to accept connections/);
  expect(ready).toMatchObject({ level: 30, severity: 'notice', pid: started[0]?.pid });
  expect(Math.abs((ready.time ?? 0) - Date.now())).toBeLessThan(10_000);
  expect(first.filter(({ level }) => level > 30)).toEqual([]);
}, 20_000);

it('has a warning of what fails', async () => {
  await found(first, /Ready to accept connections/);
  const second = start('second');
  expect(await found(second, /Could not create server TCP listening socket/)).toMatchObject({ level: 40, severity: 'warning' });
}, 20_000);
