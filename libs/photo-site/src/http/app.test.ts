import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FROM_SITE_ITSELF } from '@loadstair/site-plan';
import { createLogger } from '@loadstair/telemetry';
import { createApp } from './app.ts';
import type { SiteServices } from './context.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

describe('an answer of the site', () => {
  it.each(['/healthz', '/readyz', '/static/site.css', '/nothing-here'])('says whose it is: %s', async (path) => {
    const services = { log: createLogger({ host: 'web-1', component: 'site' }) } as unknown as SiteServices;
    const app = createApp(services, null, {
      host: 'web-1',
      requestsPerSecondOfClient: 10,
      trustedProxies: [],
      files: () => FROM_SITE_ITSELF,
      faults: { blockMs: 0, churnKiB: 0 },
      draining: () => true,
      rememberWriters: () => false,
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    expect(answer.headers.get('x-served-by')).toBe('web-1');
    await answer.body?.cancel();
  });
});
