import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { Lab } from '@loadstair/lab';
import { prometheusQueries } from './prometheus-queries.ts';
import { siteDoor, toSite } from './site-door.ts';

/** What stands behind labd: it answers what it was asked. */
let behind: Server;
let behindUrl: string;
let front: Server;
let url: string;
/** Where series are, by the moment asked about. */
let series: Lab['seriesAt'];
let site: string | null;

const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
};

beforeEach(async () => {
  behind = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method, url: address, headers } = request;
      const status = address === '/teapot' ? 418 : 200;
      response.writeHead(status, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'], 'x-served-by': 'a host' });
      response.end(JSON.stringify({ method, address, body, host: headers.host, connection: headers.connection }));
    });
  });
  behindUrl = await listening(behind);
  series = async () => ({ url: behindUrl });
  site = behindUrl;
  const app = express();
  app.use('/prometheus', prometheusQueries({ seriesAt: (atMs) => series(atMs) }));
  app.use(
    '/site',
    toSite(() => site),
  );
  app.use(siteDoor(() => site));
  front = createServer(app);
  url = await listening(front);
});
afterEach(() => {
  for (const server of [front, behind]) {
    server.close();
    server.closeAllConnections();
  }
});

describe('queries passed on to Prometheus', () => {
  it('go there as they came, by GET and by POST', async () => {
    const got = await fetch(`${url}/prometheus/api/v1/query?query=up&time=12`);
    expect(await got.json()).toMatchObject({ method: 'GET', address: '/api/v1/query?query=up&time=12' });
    const body = new URLSearchParams({ query: 'rate(a[1m])', start: '1', end: '2', step: '1' });
    const posted = await fetch(`${url}/prometheus/api/v1/query_range`, { method: 'POST', body });
    expect(posted.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await posted.json()).toMatchObject({ method: 'POST', address: '/api/v1/query_range', body: body.toString() });
  });

  it.each([
    ['POST', '/api/v1/admin/tsdb/delete_series'],
    ['POST', '/api/v1/admin/tsdb/snapshot'],
    ['POST', '/api/v1/write'],
    ['POST', '/-/quit'],
    ['GET', '/api/v1/status/config'],
    ['GET', '/api/v1/targets'],
    ['GET', '/api/v1/query/../admin'],
    ['GET', '/'],
  ])('are only those that read: %s %s stays here', async (method, path) => {
    series = () => Promise.reject(new Error('Prometheus was looked for.'));
    const { status } = await fetch(`${url}/prometheus${path}`, { method });
    expect(status).toBe(404);
  });

  it('are about the moment they end at', async () => {
    const moments: number[] = [];
    series = async (atMs) => {
      moments.push(atMs);
      return { url: behindUrl };
    };
    const query = (parameters: string): Promise<Response> => fetch(`${url}/prometheus/api/v1/query_range?query=up&${parameters}`);
    await query('start=10&end=20.5');
    await query('time=2026-11-30T10:00:00Z');
    await fetch(`${url}/prometheus/api/v1/series`, { method: 'POST', body: new URLSearchParams({ end: '30' }) });
    expect(moments).toEqual([20_500, Date.UTC(2026, 10, 30, 10), 30_000]);
    const before = Date.now();
    await query('');
    expect(moments[3]).toBeGreaterThanOrEqual(before);
  });

  it('are answered in Prometheus’ words when there is nobody to ask', async () => {
    series = async () => ({ why: 'no site is up' });
    const answer = await fetch(`${url}/prometheus/api/v1/query?query=up`);
    expect([answer.status, await answer.json()]).toEqual([503, { status: 'error', errorType: 'unavailable', error: 'no site is up' }]);
    series = async () => ({ url: 'http://127.0.0.1:9' });
    expect(await (await fetch(`${url}/prometheus/api/v1/labels`)).json()).toMatchObject({ status: 'error', errorType: 'unavailable' });
  });
});

describe('the door to the site', () => {
  it('passes requests and answers on, with the name of the site', async () => {
    const answer = await fetch(`${url}/photos/1?size=2`, { method: 'PUT', body: 'picture' });
    expect(answer.headers.get('x-served-by')).toBe('a host');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await answer.json()).toMatchObject({
      method: 'PUT',
      address: '/photos/1?size=2',
      body: 'picture',
      host: new URL(behindUrl).host,
    });
    expect((await fetch(`${url}/teapot`)).status).toBe(418);
  });

  it('leads to no other host, whatever the path says', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET //photos.example/a HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toContain('"address":"//photos.example/a"');
  });

  it('is the address that /site/ leads to', async () => {
    const answer = await fetch(`${url}/site/profiles/12?a=b`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${behindUrl}/profiles/12?a=b`]);
  });

  it('says that no site is up, and that a site does not answer', async () => {
    site = null;
    expect((await fetch(`${url}/site/`)).status).toBe(503);
    expect((await fetch(`${url}/`)).status).toBe(503);
    site = 'http://127.0.0.1:9';
    expect((await fetch(`${url}/`)).status).toBe(502);
  });
});
