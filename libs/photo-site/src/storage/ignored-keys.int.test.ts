import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { labDay, startActivity } from '../business/activity.ts';
import { partOf, startTwoDatabases, type TwoDatabases } from '../testing/two-databases.ts';
import type { Query } from './connections.ts';
import { EVERYBODY, type Database, type Key } from './database.ts';
import { postgresFiles } from './files.ts';
import { createIds } from './ids.ts';
import { postgresLateComments } from './late-comments.ts';
import { documentNames, rowNames } from './names.ts';
import { postgresOrders } from './orders.ts';
import { photoDocuments, photoPages } from './photo-pages.ts';
import { postgresPhotos } from './photos.ts';
import { documentUsers } from './user-documents.ts';
import { postgresUsers, type NewUser } from './users.ts';

const SOURCES = join(import.meta.dirname, '..');
/** Asked of every database, of a server itself, or of rows that are everybody's. */
const WITHOUT_KEY = ['business-totals', 'business-active', 'named-in', 'names', 'ping', 'prices', 'replayed', 'written-up-to'];
const DAY_S = 1e9;
const MADE = `INSERT INTO photo_documents SELECT photo_id, owner_id, people, document FROM photos_as_documents WHERE photo_id = $1`;
const ids = createIds(2);
const ANN: NewUser = {
  firstName: 'Ann',
  lastName: 'Second',
  address: { streetAddress: '1 Main', city: 'Reno', state: 'NV', postalCode: 89501 },
  phoneNumbers: ['1'],
};

let two: TwoDatabases;
/** Somebody whose rows stand in the second database, and somebody in the first. */
let [owner, other] = [0, 0];
let [photo, othersPhoto] = [0, 0];
let file = 0;

const users = (on: Database = two.database): ReturnType<typeof postgresUsers> => postgresUsers(on, ids);
const photos = (on: Database = two.database): ReturnType<typeof postgresPhotos> => postgresPhotos(on, ids);
const files = (on: Database = two.database): ReturnType<typeof postgresFiles> => postgresFiles(on, ids);
const orders = (on: Database = two.database): ReturnType<typeof postgresOrders> => postgresOrders(on, ids);
const signUp = async (part: 0 | 1, on?: Database): Promise<number> => {
  for (;;) {
    const { id } = await users(on).create(ANN);
    if (partOf(id) === part) return id;
  }
};

/** Every piece of work that has a key, on rows of the second database; what it comes to, seen by the right way. */
const WORK: Readonly<Record<string, (on: Database) => Promise<unknown>>> = {
  'a user': (on) => users(on).find(owner),
  'a user as a document': (on) => documentUsers(on).find(owner),
  'a new name': (on) => rowNames(on).rename(owner, 'Anna', 'First'),
  'a new name in documents': (on) => documentNames(on).rename(owner, 'Anna', 'First'),
  'a new user': async (on) => users().find(await signUp(1, on)),
  'a feed': (on) => photos(on).feed(owner),
  'the photos of a user': (on) => photos(on).ofUser(owner),
  'a photo': (on) => photos(on).find(photo),
  'the page of a photo': (on) => photoPages(on).find(photo),
  'the page of a photo as a document': (on) => photoDocuments(on).find(photo),
  'a new photo': (on) => photos(on).add(owner, 'New', file),
  'a like': (on) => photos(on).like(photo, other),
  'a comment': (on) => photos(on).comment(photo, { id: other, name: 'Ann' }, 'Fine.'),
  'a comment that is written late': async (on) => {
    const late = postgresLateComments(on, ids);
    const comment = late.make(photo, { id: other, name: 'Ann' }, 'Late.');
    await late.write([{ photoId: photo, comment }]);
    return (await photos().comments(photo)).filter(({ id }) => id === comment.id);
  },
  'the comments of a photo': (on) => photos(on).comments(photo),
  'a file': (on) => files(on).get(photo, file),
  'a new file': async (on) => files().get(owner, await files(on).put(owner, Buffer.from('new'))),
  'an order of a photo that is elsewhere': (on) => orders(on).place(owner, othersPhoto, '10x15', 1),
  'an order of a photo that is here': (on) => orders(on).place(other, photo, '10x15', 1),
  'the orders of a user': (on) => orders(on).ofUser(owner),
  'who is active': async (on) => {
    const id = await signUp(1);
    const activity = startActivity(on, DAY_S, () => {});
    activity.seen(id);
    await activity.stop();
    const text = 'SELECT owner_id FROM activity WHERE owner_id = $1 AND day = $2';
    return two.database.read(id, (query) => query('seen', text, [id, labDay(Date.now(), DAY_S)]));
  },
};

beforeAll(async () => {
  two = await startTwoDatabases('127.99.0.34');
  [owner, other] = [await signUp(1), await signUp(0)];
  file = await files().put(owner, Buffer.from('Sea'));
  photo = (await photos().add(owner, 'Sea', file)).photoId;
  othersPhoto = (await photos().add(other, 'Hill', await files().put(other, Buffer.from('Hill')))).photoId;
  await photos().comment(photo, { id: other, name: 'Ann' }, 'Nice.');
  await orders().place(owner, photo, '10x15', 1);
  await two.database.write(photo, (query) => query('photo-document-made', MADE, [photo]));
}, 60_000);

afterAll(() => two.stop(), 30_000);

it.each(Object.keys(WORK))('%s is there, and is not when its query ignores its key', async (name) => {
  const work = WORK[name] as (typeof WORK)[string];
  expect(await comesTo(work(two.database))).toBe('something');
  expect(await comesTo(work(withKeys(two.database, () => EVERYBODY)))).toBe('nothing');
});

it('no statement with a key is left out', async () => {
  const seen = new Set<string>();
  for (const work of Object.values(WORK)) await work(withKeys(two.database, (key) => key, seen));
  const sources = globSync('**/*.ts', { cwd: SOURCES, exclude: (name) => name.endsWith('.test.ts') || name === 'testing' });
  const statements = sources.flatMap((path) =>
    [...readFileSync(join(SOURCES, path), 'utf8').matchAll(/\bquery(?:<[^(]*>)?\(\s*'([a-z-]+)'/g)].map(([, name]) => name as string),
  );
  expect([...seen].sort()).toEqual([...new Set(statements)].filter((name) => !WITHOUT_KEY.includes(name)).sort());
});

/** The same databases, with work done under other keys. */
function withKeys(database: Database, keyOf: (key: Key) => Key, seen = new Set<string>()): Database {
  const noting =
    <Result>(work: (query: Query) => Promise<Result>) =>
    (query: Query): Promise<Result> =>
      work((name, ...given) => {
        seen.add(name);
        return query(name, ...given);
      });
  return {
    ...database,
    read: (key, work) => database.read(keyOf(key), noting(work)),
    write: (key, work) => database.write(keyOf(key), noting(work)),
  };
}

/** Work that finds none of its rows answers with nothing, or is refused. */
async function comesTo(work: Promise<unknown>): Promise<'something' | 'nothing'> {
  const found = await work.catch(() => null);
  return found === null || found === false || (Array.isArray(found) && found.length === 0) ? 'nothing' : 'something';
}
