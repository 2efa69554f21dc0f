import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readStats } from '@loadstair/program/stats';
import { METRICS, type MetricDeclaration } from '@loadstair/telemetry';
import { withoutOpenMetrics } from '@loadstair/telemetry/testing';
import sharp from 'sharp';
import { MAX_SEEDED } from './storage/ids.ts';
import { startOtlpReceiver, type StartedOtlpReceiver } from './testing/otlp-receiver.ts';
import { withClient } from './testing/postgres.ts';
import { retry } from './testing/retry.ts';
import { json, startSeededSite, type SeededSite } from './testing/seeded-site.ts';
import { startSiteProcess } from './testing/site-process.ts';

const USER_12 =
  '{"id":12,"firstName":"John","lastName":"Smith","address":{"streetAddress":"21 2nd Street","city":"New York","state":"NY","postalCode":10021},"phoneNumbers":["212 555-1234","646 555-4567"]}';
/** A user that signs up. */
const ANN = {
  firstName: 'Ann',
  lastName: 'Lee',
  address: { streetAddress: '1 Main', city: 'Reno', state: 'NV', postalCode: 89501 },
  phoneNumbers: ['1'],
};
let traces: StartedOtlpReceiver;
let seeded: SeededSite;
const folder = mkdtempSync(join(tmpdir(), 'loadstair-site-'));
const statsFile = join(folder, 'stats');
const send: SeededSite['send'] = (...asked) => seeded.send(...asked);
const signedIn: SeededSite['signedIn'] = (...asked) => seeded.signedIn(...asked);

beforeAll(async () => {
  traces = await startOtlpReceiver();
  seeded = await startSeededSite({
    PROGRAM_OTLP: traces.endpoint,
    PROGRAM_STATS_FILE: statsFile,
    SITE_BUSINESS: 'on',
    SITE_POOL: '4',
  });
}, 120_000);

afterAll(async () => {
  await seeded?.stop();
  await traces?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('what the site answers', () => {
  it.each([1, 12, 1999])('user %d as rows and as a document, to the byte the same', async (id) => {
    const rows = await (await send('GET', `/users/${id}`)).text();
    expect(await (await send('GET', `/documents/users/${id}`)).text()).toBe(rows);
  });

  it('user 12, to the byte', async () => {
    const answer = await send('GET', '/users/12');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.text()).toBe(USER_12);
  });

  it.each(['/', '/?user=12', '/photos/1', '/profiles/12', '/upload'])('a page at %s', async (path) => {
    const answer = await send('GET', path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await answer.text()).toContain('</html>');
  });

  it.each([
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html', 'John Smith'],
    ['*/*', 'application/json', USER_12],
    ['application/json, text/html;q=0.9', 'application/json', USER_12],
  ])('a user as a page for browsers, and as JSON for everybody else: %s', async (accept, type, text) => {
    const answer = await fetch(`${seeded.site.url}/users/12`, { headers: { accept } });
    expect([answer.headers.get('content-type')?.split(';')[0], answer.headers.get('vary')]).toEqual([type, 'accept']);
    expect(await answer.text()).toContain(text);
  });

  it.each(['/static/site.css', '/photos/1/image'])('%s with cache headers', async (path) => {
    const answer = await send('GET', path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toMatch(/max-age=\d+/);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(500);
  });

  it.each([
    '/healthz',
    '/readyz',
    '/openapi.json',
    '/api/feed?user=12',
    '/api/popular?user=12',
    '/api/photos/1',
    '/api/photos/1/comments',
    '/api/prices',
  ])('JSON at %s', async (path) => {
    const answer = await send('GET', path);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(expect.any(Object));
  });

  it('a new user, found afterwards', async () => {
    const answer = await send('POST', '/users', ANN);
    expect(answer.status).toBe(201);
    const where = answer.headers.get('location') as string;
    const found = await (await send('GET', where)).text();
    expect(JSON.parse(found)).toMatchObject(ANN);
    expect(await (await send('GET', `/documents${where}`)).text()).toBe(found);
  });

  it('likes once, and comments that are there afterwards', async () => {
    const { id } = await json(await signedIn('POST', '/api/photos/7/comments', { text: 'seen from here' }));
    const { comments } = (await json(await send('GET', '/api/photos/7/comments'))) as { comments: { id: number; text: string }[] };
    expect(comments).toContainEqual(expect.objectContaining({ id, text: 'seen from here' }));
    const likes = async (): Promise<number> => (await json(await send('GET', '/api/photos/7')))['likes'] as number;
    const { id: user } = await json(await send('POST', '/users', ANN));
    const { token: own } = await json(await send('POST', '/api/sessions', { user }));
    const before = await likes();
    for (let time = 0; time < 3; time += 1)
      await send('POST', '/api/photos/7/likes', undefined, { authorization: `Bearer ${own as string}` });
    expect(await likes()).toBe(before + 1);
  });

  it('orders at the price of the list, whatever the client says', async () => {
    const prices = await json(await send('GET', '/api/prices'));
    const order = await json(await signedIn('POST', '/api/orders', { photoId: 1, size: '20x30', quantity: 3 }));
    expect(order['cents']).toBe((prices['20x30'] as number) * 3);
    expect((await signedIn('POST', '/api/orders', { photoId: 1, size: '20x30', quantity: 3, cents: 1 })).status).toBe(400);
    expect(JSON.stringify(await json(await signedIn('GET', '/api/orders')))).toContain(`"cents":${order['cents'] as number}`);
  });

  it('uploads, and edits that have the right size', async () => {
    const picture = await sharp({ create: { width: 200, height: 150, channels: 3, background: '#a32' } })
      .jpeg()
      .toBuffer();
    const uploaded = await signedIn('POST', '/api/photos?caption=Mine', picture, { 'content-type': 'image/jpeg' });
    expect(uploaded.status).toBe(201);
    const { photoId } = await json(uploaded);
    for (const [edit, width, height] of [
      [{ kind: 'crop', left: 10, top: 10, width: 50, height: 40 }, 50, 40],
      [{ kind: 'sharpen' }, 200, 150],
      [{ kind: 'blur', radius: 3 }, 200, 150],
    ] as const) {
      const edited = await json(await signedIn('POST', `/api/photos/${photoId}/edits`, edit));
      const image = await (await send('GET', `/photos/${edited['photoId']}/image`)).arrayBuffer();
      expect(await sharp(Buffer.from(image)).metadata()).toMatchObject({ format: 'jpeg', width, height });
    }
    expect(
      (await signedIn('POST', `/api/photos/${photoId}/edits`, { kind: 'crop', left: 190, top: 0, width: 50, height: 50 })).status,
    ).toBe(422);
  });

  it('a session until it is ended', async () => {
    const begun = (await json(await send('POST', '/api/sessions', { user: 5 })))['token'] as string;
    const headers = { cookie: `session=${begun}` };
    expect((await send('GET', '/orders', undefined, headers)).status).toBe(200);
    expect((await send('DELETE', '/api/sessions', undefined, headers)).status).toBe(204);
    expect((await send('GET', '/orders', undefined, headers)).status).toBe(401);
  });
});

describe('what the site tells about itself', () => {
  it('a trace of a sampled request with its route and its queries, and none of another', async () => {
    const trace = (digit: string): string => digit.repeat(32);
    const parent = (digit: string, flag: string): Record<string, string> => ({
      traceparent: `00-${trace(digit)}-${'b'.repeat(16)}-${flag}`,
    });
    await send('GET', '/users/12', undefined, parent('c', '00'));
    await send('GET', '/users/12');
    await send('GET', '/users/12', undefined, parent('a', '01'));
    const spans = await retry(15_000, async () => {
      const found = traces.spans.filter(({ traceId }) => traceId === trace('a'));
      if (!found.some(({ name }) => name.startsWith('GET'))) throw new Error(`no server span among ${JSON.stringify(traces.spans)}`);
      return found;
    });
    expect(spans.find(({ name }) => name.startsWith('GET'))?.attributes).toContain('http.route');
    expect(spans.map(({ scope }) => scope)).toContain('@opentelemetry/instrumentation-pg');
    expect([...new Set(traces.spans.map(({ traceId }) => traceId))]).toEqual([trace('a')]);
  }, 30_000);

  it('metrics, only those declared, as promtool wants them, on the private address', async () => {
    expect((await send('GET', '/metrics')).status).toBe(404);
    const text = await (await fetch(seeded.site.metricsUrl)).text();
    const plain = withoutOpenMetrics(text);
    const served = [...plain.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`).sort();
    const declared = Object.values<MetricDeclaration>(METRICS)
      .filter(({ server }) => server === 'site')
      .map(({ name, type }) => `${name} ${type}`);
    expect(served).toEqual(declared.sort());
    const check = spawnSync('promtool', ['check', 'metrics'], { input: plain, encoding: 'utf8' });
    expect({ status: check.status, problems: check.stdout + check.stderr }).toEqual({ status: 0, problems: '' });
  });

  it('the trace of a sampled request beside the bucket it fell into, and of no other', async () => {
    const parent = (flags: string): Record<string, string> => ({
      traceparent: `00-${'e'.repeat(31)}${flags[1]}-b7ad6b7169203331-${flags}`,
    });
    await send('GET', '/users/13', undefined, parent('00'));
    await send('GET', '/users/13', undefined, parent('01'));
    const text = await (await fetch(seeded.site.metricsUrl)).text();
    const traces = [...text.matchAll(/^http_server_request_duration_seconds_bucket\{.*\} \d+ # \{trace_id="(\w+)"\} [\d.e-]+ [\d.]+$/gm)];
    expect(traces.map(([, trace]) => trace)).toContain(`${'e'.repeat(31)}1`);
    expect(text).not.toContain(`${'e'.repeat(31)}0`);
  });

  it('counts that the lab reads from files', async () => {
    expect(await readStats(statsFile)).toMatchObject({
      atMs: expect.any(Number),
      eventLoop: { activeSeconds: expect.any(Number), idleSeconds: expect.any(Number) },
      pool: { max: 4, acquisitions: expect.any(Number) },
    });
  });

  it('business figures that are what the tables hold', async () => {
    // A like given again is no new one, and one for nothing is none.
    for (let time = 0; time < 5; time += 1) await signedIn('POST', '/api/photos/11/likes');
    await signedIn('POST', '/api/photos/2000000000/likes');
    await signedIn('POST', '/api/photos/2000000000/comments', { text: 'to nobody' });
    const rows = await withClient(seeded.postgres.url, async (client) => {
      const since = (kind: string): string => `(SELECT count(*)::int FROM ${kind} WHERE id > ${MAX_SEEDED}) AS ${kind}`;
      const { rows: counted } = await client.query<Record<'likes' | 'comments' | 'orders', number>>(
        `SELECT ${since('likes')}, ${since('comments')}, ${since('orders')}`,
      );
      return counted[0];
    });
    expect(rows?.likes).toBeGreaterThan(1);
    // They are read every few seconds.
    await retry(20_000, async () => {
      const text = await (await fetch(seeded.site.metricsUrl)).text();
      const told = (kind: string): number => Number(new RegExp(`^business_${kind}_total (\\d+)$`, 'm').exec(text)?.[1]);
      expect({ likes: told('likes'), comments: told('comments'), orders: told('orders') }).toEqual(rows);
    });
  }, 30_000);
});

describe('a stop', () => {
  it('turns /readyz first, answers what runs, ends in time with idle connections open', async () => {
    const own = await startSiteProcess(seeded.postgres.url, {}, '127.99.0.4');
    // A client that keeps its connection, as balancers do, with a request still running when the stop begins.
    const upload = httpRequest(`${own.url}/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'keep-alive' },
    });
    const body = JSON.stringify({ firstName: 'A', lastName: 'B', address: { streetAddress: 'S', city: 'C', state: 'D', postalCode: 1 } });
    upload.setHeader('content-length', Buffer.byteLength(body));
    upload.write(body.slice(0, 10));
    await fetch(`${own.url}/healthz`);
    const begun = performance.now();
    const stopped = own.stop();
    await retry(2_000, async () => {
      if ((await fetch(`${own.url}/readyz`)).status !== 503) throw new Error('still ready');
    });
    await retry(5_000, async () => {
      const refused = await fetch(`${own.url}/healthz`).then(
        () => false,
        () => true,
      );
      if (!refused) throw new Error('still takes new connections');
    });
    upload.end(body.slice(10));
    const [answer] = (await once(upload, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(201);
    expect(await stopped).toBe(0);
    expect(performance.now() - begun).toBeLessThan(9_000);
  }, 40_000);
});

describe('a full pool', () => {
  it('makes requests wait, not fail, and the host stays ready', async () => {
    const own = await startSiteProcess(seeded.postgres.url, { SITE_POOL: '1' }, '127.99.0.5');
    try {
      await withClient(seeded.postgres.url, async (client) => {
        await client.query('BEGIN');
        await client.query('LOCK TABLE orders IN ACCESS EXCLUSIVE MODE');
        const login = (
          await json(
            await fetch(`${own.url}/api/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"user":3}' }),
          )
        )['token'] as string;
        const held = fetch(`${own.url}/api/orders`, { headers: { authorization: `Bearer ${login}` } });
        await retry(5_000, async () => {
          const { rowCount } = await client.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
          if (rowCount === 0) throw new Error('nobody waits yet');
        });
        const queued = fetch(`${own.url}/users/12`);
        const ready = await fetch(`${own.url}/readyz`, { signal: AbortSignal.timeout(1_000) }).then(
          ({ status }) => status,
          () => 'no answer in 1 s',
        );
        await client.query('COMMIT');
        expect((await held).status).toBe(200);
        expect((await queued).status).toBe(200);
        expect(ready).toBe(200);
      });
    } finally {
      await own.stop();
    }
  }, 40_000);
});
