import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { probeOf, type Readiness } from './readiness.ts';

const address = '127.0.0.1';
let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((request, response) => response.writeHead(request.url === '/readyz' ? 200 : 503).end()).listen(0, address);
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server.close().closeAllConnections());

/** What a probe says; programs succeed when they are called `true`. */
const ask = (readiness: Readiness): Promise<string | null> =>
  probeOf(readiness, async (command) => {
    if (command !== 'true') throw new Error(`${command} failed`);
    return '';
  })(new AbortController().signal);

describe('a probe', () => {
  it('over HTTP wants a good answer', async () => {
    expect(await ask({ kind: 'http', address, port, path: '/readyz' })).toBeNull();
    expect(await ask({ kind: 'http', address, port, path: '/' })).toMatch(/503/);
  });

  it('over TCP wants a connection', async () => {
    expect(await ask({ kind: 'tcp', address, port })).toBeNull();
    expect(await ask({ kind: 'tcp', address, port: 9 })).toMatch(/ECONNREFUSED/);
  });

  it('by a program wants it to succeed', async () => {
    expect(await ask({ kind: 'exec', command: 'true', args: [] })).toBeNull();
    await expect(ask({ kind: 'exec', command: 'false', args: [] })).rejects.toThrow('false failed');
  });
});
