import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withClient } from './testing/postgres.ts';
import { startSeededSite, type SeededSite } from './testing/seeded-site.ts';

let seeded: SeededSite;
const send: SeededSite['send'] = (...asked) => seeded.send(...asked);
const signedIn: SeededSite['signedIn'] = (...asked) => seeded.signedIn(...asked);

beforeAll(async () => {
  seeded = await startSeededSite({}, '127.99.0.6');
}, 120_000);
afterAll(() => seeded?.stop(), 60_000);

describe('bad input', () => {
  const order = { photoId: 1, size: '10x15', quantity: 1 };
  const NUL = 'a\0b';
  const cases: readonly (readonly [number, string, string, unknown?, Record<string, string>?])[] = [
    [404, 'GET', '/nowhere'],
    [404, 'GET', '/users/2147483647'],
    [400, 'GET', '/users/0'],
    [404, 'GET', '/users/9007199254740991'],
    [400, 'GET', '/users/9007199254740992'],
    [400, 'GET', "/users/1'%20OR%20'1'='1"],
    [400, 'GET', '/users/%00'],
    [400, 'GET', '/users/%E0%A4%A'],
    [400, 'GET', '/?user=-1'],
    [400, 'GET', '/?user=1&user=2'],
    [400, 'GET', '/api/feed'],
    [404, 'GET', '/static/../package.json'],
    [404, 'GET', '/static/none.css'],
    [400, 'POST', '/api/sessions', '{"user":'],
    [400, 'POST', '/api/sessions', { user: '12' }],
    [415, 'POST', '/api/sessions', 'user=12', { 'content-type': 'text/plain' }],
    [413, 'POST', '/api/sessions', JSON.stringify({ user: 'x'.repeat(20_000) })],
    [415, 'POST', '/api/sessions', '{}', { 'content-type': 'application/json; charset=klingon' }],
    [415, 'POST', '/api/sessions', '{}', { 'content-encoding': 'nonsense' }],
    [400, 'POST', '/api/photos/1/comments', { text: NUL }],
    [400, 'POST', '/api/photos/1/comments', { text: 'x'.repeat(501) }],
    [400, 'POST', '/api/photos/1/comments', { text: '\ud800' }],
    [404, 'POST', '/api/photos/2000000000/comments', { text: 'x' }],
    [404, 'POST', '/api/photos/2000000000/likes'],
    [404, 'POST', '/api/orders', { ...order, photoId: 2_000_000_000 }],
    [400, 'POST', '/api/orders', { ...order, quantity: 1e9 }],
    [400, 'POST', '/api/orders', { ...order, size: 'huge' }],
    [415, 'POST', '/api/photos', 'x', { 'content-type': 'application/pdf' }],
    [422, 'POST', '/api/photos', 'not a picture', { 'content-type': 'image/jpeg' }],
    [413, 'POST', '/api/photos', 'x'.repeat(2_200_000), { 'content-type': 'image/jpeg' }],
    [400, 'POST', `/api/photos?caption=${'x'.repeat(201)}`, 'x', { 'content-type': 'image/jpeg' }],
    [400, 'POST', '/api/photos?caption=%00', 'x', { 'content-type': 'image/jpeg' }],
    [400, 'POST', '/api/photos/1/edits', { kind: 'melt' }],
    [400, 'POST', '/api/photos/1/edits', null],
  ];
  // Objects, because Jest takes a missing last value for a callback to wait for.
  const rows = cases.map(([status, method, path, body, headers], index) => ({ index, status, method, path, body, headers }));
  it.each(rows)('$index: $status for $method $path', async ({ status, method, path, body, headers }) => {
    const answer = await signedIn(method, path, body, headers);
    const text = await answer.text();
    expect({ status: answer.status, text }).toMatchObject({ status });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(text)).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    expect(text).not.toMatch(/\bat .*\.(ts|js)|node_modules|SELECT|INSERT/);
  });

  it('asks who one is', async () => {
    expect((await send('POST', '/api/photos/1/likes')).status).toBe(401);
    expect((await send('POST', '/api/photos/1/likes', undefined, { authorization: 'Bearer unknown' })).status).toBe(401);
  });

  it('never is a 500, whatever the id', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/users/', '/photos/', '/profiles/', '/api/photos/'),
        fc.string({ unit: 'binary', maxLength: 12 }),
        async (path, id) => {
          expect((await send('GET', path + encodeURIComponent(id.toWellFormed()))).status).toBeLessThan(500);
        },
      ),
      { numRuns: 150, seed: 3 },
    );
  }, 30_000);

  it('never is a 500, whatever the JSON', async () => {
    const paths = ['/users', '/api/sessions', '/api/orders', '/api/photos/1/comments', '/api/photos/1/edits'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.json(), async (path, body) => {
        const { status } = await signedIn('POST', path, body);
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 150, seed: 3 },
    );
  }, 30_000);

  it('is shown as text: HTML is escaped, SQL is only words', async () => {
    const text = `<script>alert("1")</script>'; DROP TABLE likes; --`;
    expect((await signedIn('POST', '/api/photos/9/comments', { text })).status).toBe(201);
    const page = await (await send('GET', '/photos/9')).text();
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert');
    expect(await withClient(seeded.postgres.url, async (client) => (await client.query('SELECT 1 FROM likes LIMIT 1')).rowCount)).toBe(1);
  });
});
