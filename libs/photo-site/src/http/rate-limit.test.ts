import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FROM_SITE_ITSELF } from '@loadstair/site-plan';
import { createLogger } from '@loadstair/telemetry';
import type { Request, Response } from 'express';
import { createApp } from './app.ts';
import type { SiteServices } from './context.ts';
import { rateLimit } from './rate-limit.ts';

const PER_SECOND = 2;
const AT_ONCE = 2 * PER_SECOND;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** The site's door with nothing behind it: stylesheets need no service. Resolves with a way to ask it for one. */
async function door(trustedProxies: readonly string[]): Promise<(forwardedFor: string) => Promise<number>> {
  const services = { log: createLogger({ host: 'web-1', component: 'site' }) } as unknown as SiteServices;
  const app = createApp(services, null, {
    host: 'web-1',
    requestsPerSecondOfClient: PER_SECOND,
    trustedProxies,
    files: () => FROM_SITE_ITSELF,
    faults: { blockMs: 0, churnKiB: 0 },
    draining: () => false,
    rememberWriters: () => false,
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return async (forwardedFor) => {
    const question = httpRequest({ host: '127.0.0.1', port, path: '/static/site.css', headers: { 'x-forwarded-for': forwardedFor } }).end();
    const [answer] = (await once(question, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode ?? 0;
  };
}

const askAll = async (ask: (forwardedFor: string) => Promise<number>, clients: readonly string[]): Promise<number[]> => {
  const answers: number[] = [];
  for (const client of clients) answers.push(await ask(client));
  return answers;
};
const MANY = Array.from({ length: 3 * AT_ONCE }, (_, index) => index);

describe('the rate limit', () => {
  it('holds for a client that gives another address each time', async () => {
    const answers = await askAll(
      await door([]),
      MANY.map((index) => `10.0.0.${index}`),
    );
    expect(answers).toContain(429);
  });

  it('goes by the address that a trusted proxy gives', async () => {
    const ask = await door(['127.0.0.1']);
    const answers = await askAll(
      ask,
      MANY.map((index) => `10.0.0.${index}`),
    );
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(
      await askAll(
        ask,
        MANY.map(() => '10.0.0.77'),
      ),
    ).toContain(429);
  });

  it('takes no text for an address, even from a trusted proxy', async () => {
    const ask = await door(['127.0.0.1']);
    expect(
      await askAll(
        ask,
        MANY.map((index) => `client-${index}`),
      ),
    ).toContain(429);
    expect(await ask(`fe80::1%${'a'.repeat(10_000)}`)).toBe(429);
  });
});

it('keeps as many addresses as it may, and no more', () => {
  const limit = rateLimit(1, () => 0);
  const ask = (ip: string): boolean => {
    let passed = false;
    const next = (error?: unknown): void => void (passed = error === undefined);
    limit({ ip, socket: {} } as Request, {} as Response, next);
    return passed;
  };
  const spent = (ip: string): boolean => [ask(ip), ask(ip), ask(ip)].includes(false);
  expect(spent('10.9.9.9')).toBe(true);
  for (let index = 0; index < 10_000; index += 1) ask(`10.1.${index >> 8}.${index & 255}`);
  // It went when others came, and begins anew.
  expect(ask('10.9.9.9')).toBe(true);
});
