import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type ClientRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startProcess, until, type StartedProcess } from '@loadstair/kit/node';
import { PORTS } from '@loadstair/topology';
import type { LogEntry } from '../log-format.ts';
import { balancedTier } from '../testing/balanced-tier.ts';
import { entriesOf } from '../testing/logged.ts';
import { haproxyConfig } from './config.ts';
import { haproxyLog } from './log.ts';

const INSTANCE = 94;
const folder = mkdtempSync(join(tmpdir(), 'loadstair-haproxy-log-'));
const { placement, balancer, web } = balancedTier(INSTANCE, folder);
/** While it is busy, nothing it is asked is answered. */
let busy = false;
let server: Server;
let haproxy: StartedProcess;
let entries: readonly LogEntry[];

beforeAll(async () => {
  server = createServer((request, response) => {
    if (busy || request.url === '/slow') return;
    if (request.url === '/late') return void setTimeout(() => response.end('x'.repeat(100_000)), 300);
    response.statusCode = request.url === '/wrong' ? 503 : 200;
    response.end();
  }).listen(PORTS.http, web.address);
  await once(server, 'listening');
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, haproxyConfig(balancer, placement, join(folder, 'admin.sock'), 'token'));
  haproxy = startProcess('haproxy', ['-db', '-f', file], { output: 'pipe' });
  entries = entriesOf(haproxy, haproxyLog);
  // Servers are in service until a check says otherwise.
  await until(answers, { what: 'HAProxy answers', timeoutMs: 10_000 });
}, 20_000);

afterAll(async () => {
  await haproxy.stop('SIGTERM', 5_000);
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function answers(): Promise<boolean> {
  const address = `http://${balancer.publicAddress ?? balancer.address}:${PORTS.http}/`;
  return fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );
}

function matching(wanted: Partial<LogEntry>): LogEntry[] {
  return entries.filter((entry) => Object.entries(wanted).every(([field, value]) => entry[field as keyof LogEntry] === value));
}

async function untilLogged(wanted: Partial<LogEntry>): Promise<LogEntry> {
  await until(() => matching(wanted).length > 0, { what: `an entry with ${JSON.stringify(wanted)}`, timeoutMs: 8_000 });
  return matching(wanted)[0] as LogEntry;
}

const trace = (digit: string): string => digit.repeat(32);
const ask = (path: string, digit: string): ClientRequest => {
  const request = get({
    host: balancer.publicAddress ?? balancer.address,
    port: PORTS.http,
    path,
    agent: false,
    headers: { traceparent: `00-${trace(digit)}-${'b'.repeat(16)}-00` },
  });
  request.on('response', (response) => response.resume());
  request.on('error', () => {
    // A request that is given up.
  });
  return request;
};

it('has an entry, with its trace id, of each request that failed, whoever was to blame', async () => {
  ask('/wrong', '1');
  expect(await untilLogged({ trace_id: trace('1') })).toMatchObject({
    level: 50,
    msg: 'GET /wrong answered 503 by the server',
    status: 503,
    backend: 'servers',
    server: 's1',
    server_address: web.address,
    termination: '--',
    retries: 0,
  });

  // Who gives up is noticed when the answer comes.
  const givenUp = ask('/late', '2');
  await once(givenUp, 'finish');
  givenUp.destroy();
  expect(await untilLogged({ trace_id: trace('2') })).toMatchObject({ level: 40, termination: expect.stringMatching(/^C/) });

  ask('/slow', '3');
  busy = true;
  expect(await untilLogged({ state: 'DOWN' })).toMatchObject({ level: 40, server: 's1', reason: 'Layer7 timeout' });
  expect(await untilLogged({ trace_id: trace('3') })).toMatchObject({ level: 50, status: 502, server: 's1' });
  expect(await untilLogged({ level: 50, backend: 'servers', msg: 'backend servers has no server available!' })).toBeDefined();

  ask('/none', '4');
  expect(await untilLogged({ trace_id: trace('4') })).toMatchObject({
    level: 50,
    msg: 'GET /none answered 503: no server was in service',
    status: 503,
    reason: 'no server was in service',
  });

  busy = false;
  await untilLogged({ state: 'UP' });
  // What went well is not logged, and what its logger says of a server is not said twice.
  ask('/right', '5');
  ask('/wrong', '6');
  await untilLogged({ trace_id: trace('6') });
  expect(matching({ trace_id: trace('5') })).toEqual([]);
  expect(matching({ state: 'DOWN' })).toHaveLength(1);
  expect(Math.abs(((await untilLogged({ trace_id: trace('6') })).time ?? 0) - Date.now())).toBeLessThan(10_000);
}, 30_000);
