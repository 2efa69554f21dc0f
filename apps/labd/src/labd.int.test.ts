import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dereference, validate } from '@readme/openapi-parser';
import { prometheusClient } from '@loadstair/measure';
import { METRICS, type MetricDeclaration } from '@loadstair/telemetry';
import { withoutOpenMetrics } from '@loadstair/telemetry/testing';
import type { Alert, StatusAnswer } from '@loadstair/lab-api';
import { REPOSITORY, startLabd, type StartedLabd } from './testing/labd-process.ts';

const INSTANCE = 25;
const PORT = 4600 - 1 + INSTANCE;
const TIMEOUT_MS = 90_000;
let labd: StartedLabd;

beforeAll(async () => {
  labd = await startLabd(INSTANCE);
}, TIMEOUT_MS);

afterAll(async () => {
  expect(await labd?.stop()).toBe(0);
}, TIMEOUT_MS);

/** A request with headers that `fetch` would not let us set. */
async function raw(
  headers: Readonly<Record<string, string>>,
  path = '/api/status',
  method = 'GET',
): Promise<{ status: number; type: string; body: Problem }> {
  const asked = request({ host: '127.0.0.1', port: PORT, path, method, headers });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [NodeJS.ReadableStream & { statusCode: number; headers: Record<string, string> }];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return { status: answer.statusCode, type: answer.headers['content-type'] ?? '', body: JSON.parse(text) as Problem };
}

interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly exit: number;
}

describe('who may drive the lab', () => {
  const right = (): Record<string, string> => ({ host: `127.0.0.1:${PORT}`, authorization: `Bearer ${labd.token}` });

  it('one with the token', async () => {
    expect((await raw(right())).status).toBe(200);
    expect((await raw({ ...right(), host: `localhost:${PORT}`, origin: `http://localhost:${PORT}` })).status).toBe(200);
    // Through a tunnel whose near end has another port.
    expect((await raw({ ...right(), host: 'localhost:8080', origin: 'http://localhost:8080' })).status).toBe(200);
  });

  it.each([
    ['the name of another site', 403, { host: `photos.example:${PORT}` }],
    ['a page of another port of this machine', 403, { origin: 'http://127.0.0.1:80' }],
    ['a request that a page elsewhere made', 403, { 'sec-fetch-site': 'cross-site' }],
    ['a page from elsewhere', 403, { origin: 'http://photos.example' }],
    ['a page from a file', 403, { origin: 'null' }],
  ])('not one with %s', async (_name, status, headers) => {
    const answer = await raw({ ...right(), ...headers });
    expect(answer).toMatchObject({ status, body: { status, title: expect.any(String), detail: expect.any(String), code: 'E_FORBIDDEN' } });
    expect(answer.type).toMatch(/^application\/problem\+json/);
  });

  it.each([
    ['no token', { authorization: '' }],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['a token of the right length', { authorization: `Bearer ${'x'.repeat(32)}` }],
  ])('one with %s may look, not change, and not own a run by watching it', async (_name, headers) => {
    expect((await raw({ ...right(), ...headers })).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/api/shutdown'],
      ['DELETE', '/api/site'],
      ['GET', '/api/runs/x/events?owner=1'],
    ] as const) {
      const answer = await raw({ ...right(), ...headers }, path, method);
      expect(answer).toMatchObject({ status: 401, body: { code: 'E_FORBIDDEN' } });
    }
  });

  it('nobody from another address', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    for (const host of [...outside, '127.0.0.2']) {
      const socket = connect({ host, port: PORT });
      await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });

  it('and only its owner reads the token', () => {
    expect(statSync(join(REPOSITORY, '.lab', 'instances', String(INSTANCE), 'labd.json')).mode & 0o777).toBe(0o600);
  });
});

describe('the API', () => {
  it('is described by a valid OpenAPI document, with every answer it gives', async () => {
    const document = (await (await fetch(`${labd.url}/openapi.json`)).json()) as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(await validate(structuredClone(document) as Parameters<typeof validate>[0])).toMatchObject({ valid: true });
    const whole = await dereference(structuredClone(document) as Parameters<typeof dereference>[0]);
    const operations = Object.entries(whole.paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item ?? {}).map(([method, operation]) => {
        const { security } = operation as { readonly security?: readonly unknown[] };
        return { method: method.toUpperCase(), path, needsKey: security?.length !== 0 };
      }),
    );
    expect(operations.length).toBeGreaterThan(8);
    expect(operations.filter(({ method, needsKey }) => method !== 'GET' && !needsKey)).toEqual([]);
    // Each operation is there, and asks for the token before it says anything else where the document says that it needs one.
    for (const { method, path, needsKey } of operations) {
      const asked = request({ host: '127.0.0.1', port: PORT, path: path.replaceAll(/\{\w+\}/g, 'x'), method });
      asked.end();
      const [answer] = (await once(asked, 'response')) as [{ readonly statusCode: number }];
      asked.destroy();
      expect({ method, path, refused: answer.statusCode === 401 }).toEqual({ method, path, refused: needsKey });
    }
  });

  it.each([
    { method: 'POST', path: '/api/runs', body: { stage: 1, speed: 'fast' }, status: 400, says: 'speed' },
    { method: 'POST', path: '/api/runs', body: { stage: '1' }, status: 400, says: 'stage' },
    { method: 'POST', path: '/api/runs', body: { stage: 1, scale: -1 }, status: 400, says: 'scale' },
    { method: 'POST', path: '/api/runs', body: {}, status: 400, says: 'stage' },
    { method: 'POST', path: '/api/runs', body: '{"stage":', status: 400, says: '' },
    { method: 'POST', path: '/api/runs', body: { stage: 1, profile: 'nothing' }, status: 400, says: 'profiles are' },
    { method: 'POST', path: '/api/runs', body: { stage: 99 }, status: 400, says: 'stages are' },
    { method: 'POST', path: '/api/site', body: { stage: 1, set: ['web.cpu=1'] }, status: 400, says: 'server' },
    { method: 'POST', path: '/api/operations', body: { action: 'scale', input: { tier: 'web', count: 0 } }, status: 400, says: 'count' },
    {
      method: 'POST',
      path: '/api/operations',
      body: { action: 'scale', input: { tier: 'web', count: 3 } },
      status: 409,
      says: 'running site',
    },
    { method: 'POST', path: '/api/operations', body: { action: 'explode' }, status: 400, says: 'action' },
    { method: 'GET', path: '/api/runs/none/events', body: undefined, status: 404, says: 'runs' },
    { method: 'GET', path: '/api/nothing', body: undefined, status: 404, says: 'openapi.json' },
  ])('answers $status to $method $path with $body', async ({ method, path, body, status, says }) => {
    const answer = await labd.send(method, path, body);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = (await answer.json()) as Problem;
    expect({ status: answer.status, problem }).toMatchObject({ status, problem: { status, title: expect.any(String) } });
    expect(problem.detail).toContain(says);
    expect(JSON.stringify(problem)).not.toMatch(/\bat .*\.ts:\d+/);
  });

  it('keeps nothing of runs it refused', async () => {
    expect(await (await labd.send('GET', '/api/status')).json()).toMatchObject({ instance: INSTANCE, stage: null, hosts: [], run: null });
  });
});

describe('a site that is up', () => {
  const prometheus = prometheusClient(`http://127.${INSTANCE}.254.1:9090`);
  const own = `http://127.${INSTANCE}.254.1:9400/metrics`;
  let status: StatusAnswer;

  beforeAll(async () => {
    const answer = await labd.send('POST', '/api/site', { stage: 3 });
    status = (await answer.json()) as StatusAnswer;
    expect({ status: answer.status, problem: status }).toMatchObject({ status: 200 });
  }, TIMEOUT_MS);

  afterAll(async () => {
    expect((await labd.send('DELETE', '/api/site')).status).toBe(204);
  }, TIMEOUT_MS);

  it('does an action as an operation, whose events end with what came of it', async () => {
    const answer = await labd.send('POST', '/api/operations', { action: 'resize', input: { tier: 'web', cpu: 1 } });
    const begun = (await answer.json()) as { readonly id: string; readonly state: string };
    expect({ status: answer.status, begun }).toMatchObject({ status: 202, begun: { action: 'resize', state: 'running' } });
    const lines = (await (await labd.send('GET', `/api/operations/${begun.id}/events`)).text()).trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { readonly type: string });
    expect(events[0]).toMatchObject({ type: 'began' });
    const ended = { state: 'done', text: 'web hosts have 1 lab CPUs', result: { kind: 'done' } };
    expect(events.at(-1)).toMatchObject({ type: 'ended', operation: ended });
    expect(await (await labd.send('GET', `/api/operations/${begun.id}`)).json()).toMatchObject(ended);
    expect((await labd.send('POST', `/api/operations/${begun.id}/cancel`)).status).toBe(202);
  });

  it('has no edges to purge: 409 before anything is begun', async () => {
    const answer = await labd.send('POST', '/api/operations', { action: 'purge', input: { path: '/static/site.css' } });
    expect({ status: answer.status, problem: await answer.json() }).toMatchObject({
      status: 409,
      problem: { code: 'E_NO_EDGES', exit: 2 },
    });
  });

  it.each([
    ['POST', '/api/operations', { action: 'crash', input: { host: 'web-9' } }, 'hosts are'],
    ['POST', '/api/operations', { action: 'replace', input: { host: 'web-9' } }, 'hosts are'],
    ['GET', '/api/hosts/web-9/logs', undefined, 'hosts are'],
    ['GET', '/api/hosts/..%2F..%2Fetc/logs', undefined, 'hosts are'],
    ['POST', '/api/operations', { action: 'scale', input: { tier: 'cache', count: 2 } }, 'tiers are'],
    ['GET', '/api/operations/none', undefined, 'not started by this labd'],
  ])('has no %s %s: 404, and exit status 2', async (method, path, body, says) => {
    const answer = await labd.send(method, path, body);
    expect({ status: answer.status, problem: await answer.json() }).toEqual({
      status: 404,
      problem: expect.objectContaining({ status: 404, exit: 2, detail: expect.stringContaining(says) }),
    });
  });

  it('has every target scraped, the balancer’s exporter among them', async () => {
    const wanted = ['haproxy lb-1', 'site web-1', 'site web-2'];
    const seen = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        (await prometheus.query('up{job="services"}', Date.now())).map(({ labels, points }) => [
          `${labels['component']} ${labels['host']}`,
          points[0]?.[1] ?? 0,
        ]),
      );
    const until = Date.now() + 20_000;
    while (Object.keys(await seen()).length < wanted.length && Date.now() < until) await delay(200);
    expect(await seen()).toEqual(Object.fromEntries(wanted.map((target) => [target, 1])));
    expect((await prometheus.query('haproxy_server_check_status{proxy="servers",state="L7OK"} == 1', Date.now())).length).toBe(2);
    expect((await prometheus.query('up{job="lab"}', Date.now()))[0]?.points[0]?.[1]).toBe(1);
  }, 40_000);

  it('tells which of its alerting rules hold', async () => {
    const { alerts } = (await (await labd.send('GET', '/api/alerts')).json()) as { readonly alerts: readonly Alert[] | null };
    expect(alerts?.length).toBeGreaterThan(10);
    expect(alerts?.find(({ rule }) => rule === 'HostDown')).toMatchObject({ state: 'inactive', sinceMs: null });
  });

  it('serves metrics promtool has nothing to say against', async () => {
    const urls = [own, ...status.hosts.filter(({ tier }) => tier === 'web').map(({ address }) => `http://${address}:9464/metrics`)];
    for (const url of urls) {
      const text = await (await fetch(url)).text();
      const check = spawnSync('promtool', ['check', 'metrics'], { input: withoutOpenMetrics(text), encoding: 'utf8' });
      expect({ url, status: check.status, says: check.stdout + check.stderr }).toEqual({ url, status: 0, says: '' });
    }
  });

  it('serves of the lab itself only what is declared, and all that does not need a run, a budget or a fault', async () => {
    const text = await (await fetch(own)).text();
    const served = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
    const declared = Object.values<MetricDeclaration>(METRICS).filter(({ server }) => server === 'lab');
    const line = ({ name, type }: MetricDeclaration): string => `${name} ${type}`;
    expect(declared.map(line)).toEqual(expect.arrayContaining(served));
    const situational = new Set<string>(
      [
        METRICS.run,
        METRICS.step,
        METRICS.offered,
        METRICS.started,
        METRICS.achieved,
        METRICS.late,
        METRICS.fault,
        METRICS.quota,
        METRICS.lookup,
        METRICS.given,
        METRICS.behindBytes,
        METRICS.behindSeconds,
      ].map(({ name }) => name),
    );
    // A kernel without PSI has none to tell, nor has a stage of what it has no tier for.
    const always = declared.filter(({ name }) => !situational.has(name) && !/^(container_pressure|lab_edge|lab_cache|redis)_/.test(name));
    expect(served).toEqual(expect.arrayContaining(always.map(line)));
  });

  it('refuses another stage in its place, and answers the same one again', async () => {
    const other = await labd.send('POST', '/api/site', { stage: 1 });
    expect({ status: other.status, problem: await other.json() }).toMatchObject({
      status: 409,
      problem: { code: 'E_INSTANCE_TAKEN', exit: 1 },
    });
    const same = (await (await labd.send('POST', '/api/site', { stage: 3 })).json()) as StatusAnswer;
    expect(same.hosts).toEqual(status.hosts);
  });
});
