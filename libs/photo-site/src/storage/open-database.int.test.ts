import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMetrics } from '@loadstair/telemetry';
import { labDay, startActivity } from '../business/activity.ts';
import { startBusinessMetrics } from '../business/business-metrics.ts';
import { PHOTOS_DATABASE } from '../database.ts';
import { withClient } from '../testing/postgres.ts';
import { retry } from '../testing/retry.ts';
import { partOf, startTwoDatabases, type TwoDatabases } from '../testing/two-databases.ts';
import type { Database } from './database.ts';
import { postgresFiles } from './files.ts';
import { bucketOf, BUCKETS, createIds } from './ids.ts';
import { postgresOrders } from './orders.ts';
import { NotThere, postgresPhotos } from './photos.ts';
import { documentUsers } from './user-documents.ts';
import { postgresUsers, type NewUser } from './users.ts';

/** Rows that are nobody's: every database has all of them. */
const EVERYBODYS = ['prices', 'schema_migrations'];

let two: TwoDatabases;
let database: Database;
const ids = createIds(1);
const newUser = (lastName: string): NewUser => ({
  firstName: 'Ann',
  lastName,
  address: { streetAddress: '1 Main', city: 'Reno', state: 'NV', postalCode: 89501 },
  phoneNumbers: ['1', '2'],
});
const users = (): ReturnType<typeof postgresUsers> => postgresUsers(database, ids);
const photos = (): ReturnType<typeof postgresPhotos> => postgresPhotos(database, ids);
const files = (): ReturnType<typeof postgresFiles> => postgresFiles(database, ids);
const orders = (): ReturnType<typeof postgresOrders> => postgresOrders(database, ids);
/** Somebody whose rows stand in the first (0) or the second (1) database. */
const signUp = async (part: number, lastName: string): Promise<number> => {
  for (;;) {
    const { id } = await users().create(newUser(lastName));
    if (partOf(id) === part) return id;
  }
};
const upload = async (owner: number, caption: string): Promise<number> =>
  (await photos().add(owner, caption, await files().put(owner, Buffer.from(caption)))).photoId;
const follow = (follower: number, followee: number): Promise<unknown> =>
  database.write(follower, (query) => query('follow', 'INSERT INTO follows VALUES ($1, $2)', [follower, followee]));

beforeAll(async () => {
  two = await startTwoDatabases('127.99.0.30');
  database = two.database;
}, 60_000);

afterAll(() => two.stop(), 30_000);

describe('with users in two databases, the site', () => {
  it('finds a user, the documents and the photos of both', async () => {
    for (const part of [0, 1]) {
      const id = await signUp(part, `Part${part}`);
      expect(await users().find(id)).toEqual({ id, ...newUser(`Part${part}`) });
      expect(await documentUsers(database).find(id)).toEqual(await users().find(id));
      const photoId = await upload(id, 'Sea');
      const photo = await photos().find(photoId);
      expect(photo).toMatchObject({ photoId, author: { id, name: `Ann Part${part}` } });
      expect((await files().get(photoId, photo?.imageId ?? 0))?.toString()).toBe('Sea');
      expect((await photos().ofUser(id)).map((item) => item.photoId)).toEqual([photoId]);
    }
  });

  it('lets them like, comment and order across', async () => {
    const [here, there] = [await signUp(0, 'Here'), await signUp(1, 'There')];
    for (const [guest, host] of [
      [here, there],
      [there, here],
    ] as const) {
      const photoId = await upload(host, 'Hill');
      expect([await photos().like(photoId, guest), await photos().like(photoId, guest)]).toEqual([true, false]);
      const comment = await photos().comment(photoId, { id: guest, name: 'Ann Guest' }, 'Fine.');
      expect(await photos().comments(photoId)).toEqual([comment]);
      expect(comment).toMatchObject({ userId: guest, author: 'Ann Guest', text: 'Fine.' });
      expect(await photos().find(photoId)).toMatchObject({ likes: 1, comments: 1 });
      const order = await orders().place(guest, photoId, '10x15', 2);
      expect(order).toMatchObject({ photoId, cents: 78 });
      expect(await orders().ofUser(guest)).toContainEqual(order);
      expect(await orders().place(guest, photoId, 'wall', 1)).toBeNull();
    }
    await expect(orders().place(here, ids.of(there), '10x15', 1)).rejects.toThrow(NotThere);
    await expect(photos().like(ids.of(there), here)).rejects.toThrow(NotThere);
    await expect(photos().comment(ids.of(there), { id: here, name: 'Ann Here' }, 'Where?')).rejects.toThrow(NotThere);
    await expect(photos().add(ids.of(here), 'Whose?', 1)).rejects.toThrow(NotThere);
    expect([...(await orders().prices())]).toEqual([['10x15', 39]]);
  });

  it('shows the newest and the most liked photos of both in one feed', async () => {
    const reader = await signUp(0, 'Reader');
    const owners = [await signUp(1, 'First'), await signUp(0, 'Second'), await signUp(1, 'Third')];
    const uploaded: number[] = [];
    for (const owner of owners) {
      await follow(reader, owner);
      uploaded.push(await upload(owner, `Of ${owner}`));
    }
    expect((await photos().feed(reader))?.items.map((item) => item.photoId)).toEqual(uploaded.toReversed());
    await photos().like(uploaded[1] as number, reader);
    expect((await photos().popular(reader))?.items.map((item) => item.photoId)).toEqual([uploaded[1], uploaded[0], uploaded[2]]);
    expect((await photos().feed(reader))?.user).toEqual({ id: reader, name: 'Ann Reader' });
    expect(await photos().feed(ids.owner())).toBeNull();
  });

  it('notes who is active, and counts what all of them did', async () => {
    const dayS = 1e9;
    const activity = startActivity(database, dayS, fail);
    const seen = [await signUp(0, 'Seen'), await signUp(1, 'Seen')];
    for (const id of seen) activity.seen(id);
    await activity.stop();
    const rows = await database.scatter((query) =>
      query<{ owner_id: number }>('active', 'SELECT owner_id FROM activity WHERE day = $1', [labDay(Date.now(), dayS)]),
    );
    expect(rows.map((part) => part.length)).toEqual([1, 1]);
    const metrics = createMetrics('openmetrics');
    const business = startBusinessMetrics(database, metrics, dayS, fail);
    await retry(5_000, async () => {
      const text = await metrics.expose();
      const told = (name: string): number => Number(new RegExp(`^business_${name} (\\S+)$`, 'm').exec(text)?.[1]);
      expect([told('likes_total'), told('comments_total'), told('orders_total'), told('daily_active_users')]).toEqual([3, 2, 2, 2]);
      expect(told('photos_total')).toBe(7);
    });
    business.stop();
  });

  it('leaves every row with its owner, who is part of the replica identity', async () => {
    const owned: Record<string, number[]> = {};
    for (const [part, url] of two.urls.entries()) {
      await withClient(url, async (client) => {
        const { rows: tables } = await client.query<{ name: string; owner: string | null; in_identity: boolean }>(TABLES);
        for (const { name, owner, in_identity } of tables.filter((table) => !EVERYBODYS.includes(table.name))) {
          expect({ name, owner, in_identity }).toEqual({ name, owner: name === 'users' ? 'id' : 'owner_id', in_identity: true });
          const { rows } = await client.query<{ bucket: number }>(`SELECT (${owner} % ${BUCKETS})::int AS bucket FROM ${name}`);
          expect({ name, elsewhere: rows.filter(({ bucket }) => partOf(bucket) !== part) }).toEqual({ name, elsewhere: [] });
          (owned[name] ??= [])[part] = rows.length;
        }
      });
    }
    const notRestored = ['activity', 'follows', 'photo_documents'];
    expect(Object.keys(owned).sort()).toEqual([...PHOTOS_DATABASE.restorable.map(({ name }) => name), ...notRestored].sort());
    // Each had rows in both, or this test shows nothing; only one user follows anybody, and documents of photos are made with the seed alone.
    const few = ['follows', 'photo_documents'];
    for (const [name, counts] of Object.entries(owned)) if (!few.includes(name)) expect(Math.min(...counts)).toBeGreaterThan(0);
  });
});

it('finds a row through its key or in all databases, and through no other key', async () => {
  const id = await signUp(1, 'Alone');
  const text = 'SELECT id FROM users WHERE id = $1';
  const elsewhere = BUCKETS - 1 - bucketOf(id);
  expect(await database.read(id, (query) => query('alone', text, [id]))).toEqual([{ id }]);
  expect((await database.scatter((query) => query('alone', text, [id]))).flat()).toEqual([{ id }]);
  expect(await database.read(elsewhere, (query) => query('alone', text, [id]))).toEqual([]);
});

/** Tables, the NOT NULL column that tells the owner, and whether it is in the primary key. */
const TABLES = `SELECT t.relname AS name, a.attname AS owner, coalesce(a.attnum = ANY (i.indkey), false) AS in_identity
                  FROM pg_class t
                  LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnotnull AND a.attname = CASE t.relname WHEN 'users' THEN 'id' ELSE 'owner_id' END
                  LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
                 WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND t.relreplident = 'd'`;

function fail(error: unknown): never {
  throw error;
}
