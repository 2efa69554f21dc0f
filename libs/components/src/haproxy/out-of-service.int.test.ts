import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startProcess, until, type StartedProcess } from '@loadstair/kit/node';
import { PORTS } from '@loadstair/topology';
import { balancedTier } from '../testing/balanced-tier.ts';
import { haproxyStats, type ServerStat } from './admin.ts';
import { BACKEND, FRONTEND, haproxyConfig, serverName } from './config.ts';

const INSTANCE = 93;
const folder = mkdtempSync(join(tmpdir(), 'loadstair-haproxy-'));
const socket = join(folder, 'admin.sock');
const { placement, balancer, web } = balancedTier(INSTANCE, folder);
/** While it is busy, nothing it is asked is answered. */
let busy = false;
let server: Server;
let haproxy: StartedProcess;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (busy || request.url === '/slow') return;
    response.setHeader('x-served-by', web.name);
    response.statusCode = request.url === '/wrong' ? 503 : 200;
    response.end();
  }).listen(PORTS.http, web.address);
  await once(server, 'listening');
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, haproxyConfig(balancer, placement, socket, 'token'));
  haproxy = startProcess('haproxy', ['-db', '-f', file]);
  await untilStatus('UP');
}, 20_000);

afterAll(async () => {
  await haproxy.stop('SIGTERM', 5_000);
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function stat(name = serverName(1), proxy = BACKEND): Promise<ServerStat> {
  const found = (await haproxyStats(socket)).find((row) => row.proxy === proxy && row.server === name);
  if (found === undefined) throw new Error(`HAProxy has no ${proxy}/${name}.`);
  return found;
}

async function untilStatus(status: string): Promise<void> {
  await until(async () => (await stat()).status === status, { what: `HAProxy says ${status}`, timeoutMs: 10_000 });
}

interface Answer {
  readonly status: number;
  readonly by: unknown;
  readonly noServer: unknown;
}

function ask(path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get({ host: balancer.publicAddress ?? balancer.address, port: PORTS.http, path, agent: false }, (response) => {
      response.resume();
      const { 'x-served-by': by, 'x-no-server': noServer } = response.headers;
      resolve({ status: response.statusCode ?? 0, by, noServer });
    });
    request.once('error', reject);
  });
}

it('takes a busy server out, cuts what it was answering, and says of each answer whose it is', async () => {
  expect(await ask('/wrong')).toEqual({ status: 503, by: 'web-1', noServer: undefined });
  const cut = ask('/slow');
  busy = true;
  await untilStatus('DOWN');
  // Not the server's answer, and there was a server when it was asked.
  expect(await cut).toEqual({ status: 502, by: 'lb-1', noServer: undefined });
  expect(await ask('/')).toEqual({ status: 503, by: 'lb-1', noServer: 'yes' });
  expect(await stat()).toMatchObject({ wentDown: 1, check: 'L7TOUT' });
  busy = false;
  await untilStatus('UP');
  expect(await ask('/')).toEqual({ status: 200, by: 'web-1', noServer: undefined });
  expect(await stat()).toMatchObject({ wentDown: 1, check: 'L7OK' });
  expect((await stat('FRONTEND', FRONTEND)).requests).toBe(4);
}, 20_000);
