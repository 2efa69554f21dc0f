import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startProcess, until, type StartedProcess } from '@loadstair/kit/node';
import { placeTopology, PORTS, type PlacedHost } from '@loadstair/topology';
import type { ProcessSpec } from '../component.ts';
import type { LogEntry } from '../log-format.ts';
import { contextOf } from '../testing/context.ts';
import { entriesOf } from '../testing/logged.ts';
import { varnishLog } from './log.ts';
import { varnish } from './varnish.ts';

const INSTANCE = 97;
const folder = mkdtempSync(join(tmpdir(), 'loadstair-varnish-log-'));
const tier = { count: 1, cpu: 1, memoryMiB: 128, settings: {}, public: true, distanceMs: 0 };
const placement = placeTopology(
  {
    stage: 6,
    slug: '',
    title: '',
    // Nobody runs the balancer: what the edge has not got it cannot fetch.
    tiers: [
      { ...tier, name: 'edge', components: ['varnish'] },
      { ...tier, name: 'lb', components: ['haproxy'] },
    ],
    links: [{ from: 'edge', to: 'lb', role: 'http' }],
  },
  { instance: INSTANCE, labFolder: folder },
);
const [edge] = placement.hosts as readonly [PlacedHost];
const started: StartedProcess[] = [];
let entries: readonly LogEntry[];

const start = ({ command, args, env, cwd }: ProcessSpec): StartedProcess => {
  const program = startProcess(command, args, { output: 'pipe', cwd, env: { PATH: process.env['PATH'] ?? '', ...env } });
  started.unshift(program);
  return program;
};
const address = (where: string | null): string => `http://${where}:${PORTS.http}`;

beforeAll(async () => {
  const context = contextOf(edge, placement);
  mkdirSync(context.workFolder, { recursive: true });
  for (const { path, text } of varnish.files(context)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  start(varnish.process(context));
  entries = entriesOf(start(varnish.logProcess?.(context) as ProcessSpec), varnishLog);
  // What is written before its log is followed is not read.
  const followed = async (): Promise<boolean> => {
    await fetch(`${address(edge.publicAddress)}/followed`);
    return entries.some(({ path }) => path === '/followed');
  };
  await until(followed, { what: 'the log is followed', timeoutMs: 30_000 });
}, 60_000);

afterAll(async () => {
  for (const program of started) await program.stop('SIGTERM', 5_000);
  rmSync(folder, { recursive: true, force: true });
}, 20_000);

const logged = (wanted: (entry: LogEntry) => boolean): Promise<LogEntry> =>
  until(() => entries.find(wanted) ?? null, { what: 'an entry', timeoutMs: 10_000 });

it('has an entry of a fetch that failed, with why, and of the answer the client got, both with its trace id', async () => {
  const trace = 'd'.repeat(32);
  const headers = { traceparent: `00-${trace}-${'b'.repeat(16)}-00` };
  expect((await fetch(`${address(edge.publicAddress)}/photos/7/image`, { headers })).status).toBe(503);
  const fetched = await logged(({ msg, trace_id }) => trace_id === trace && msg.includes('could not be fetched'));
  expect(fetched).toMatchObject({ level: 50, method: 'GET', path: '/photos/7/image', status: 503, reason: expect.any(String) });
  expect(Math.abs((fetched.time ?? 0) - Date.now())).toBeLessThan(10_000);
  expect(await logged(({ client, trace_id }) => trace_id === trace && client !== undefined)).toMatchObject({
    level: 50,
    msg: 'GET /photos/7/image answered 503',
    status: 503,
    client: expect.stringMatching(/^127\./),
  });

  const nothing = { traceparent: `00-${'e'.repeat(32)}-${'b'.repeat(16)}-00` };
  expect((await fetch(`${address(edge.publicAddress)}/nothing-here`, { headers: nothing })).status).toBe(404);
  expect(await logged(({ trace_id }) => trace_id === 'e'.repeat(32))).toMatchObject({ level: 40, status: 404 });
}, 30_000);
