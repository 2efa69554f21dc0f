import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Caches } from '@loadstair/site-plan';
import { keyOf, loadComments } from '../http/answers.ts';
import type { Database } from '../storage/database.ts';
import { createIds } from '../storage/ids.ts';
import { postgresLateComments } from '../storage/late-comments.ts';
import { migrate } from '../storage/migrate.ts';
import { openDatabase } from '../storage/open-database.ts';
import { postgresPhotos, type Comment, type Photos } from '../storage/photos.ts';
import { startPostgres, withClient, type StartedPostgres } from '../testing/postgres.ts';
import { retry } from '../testing/retry.ts';
import { cachedAnswers, invalidatingPhotos } from './cached.ts';
import { photosBehind, writeComments } from './photos-behind.ts';
import { openReadThrough } from './read-through.ts';
import { writeBehind } from './write-behind.ts';

const DATABASE = '127.99.0.46';
const CACHE = { name: 'cache-1', address: '127.99.0.47', port: 6379 };
const AUTHOR = { id: 12, name: 'Ann Lee' };
const PHOTO = 12;
const PLAN: Caches = {
  servers: [CACHE],
  through: true,
  ttlMs: 60_000,
  expiry: 'absolute',
  jitter: 0,
  strategy: 'write-behind',
  flushMs: 60_000,
  invalidate: true,
  stampede: 'single-flight',
};

let postgres: StartedPostgres;
let database: Database;
let redis: ChildProcess | null = null;

beforeAll(async () => {
  postgres = await startPostgres(DATABASE);
  await withClient(postgres.url, async (client) => {
    await migrate(client);
    await client.query(`INSERT INTO users VALUES (12, 'Ann', 'Lee', '1 Main', 'Reno', 'NV', 89501)`);
    await client.query(`INSERT INTO photos (id, owner_id, image_id, caption) VALUES (${PHOTO}, 12, 1, 'Evening')`);
  });
  const group = { name: 'main', primary: { name: 'db-1', url: postgres.url }, replicas: null };
  ({ database } = openDatabase([group], 'none', 4, (error) => {
    throw error;
  }));
}, 90_000);

afterAll(async () => {
  await database?.close();
  await postgres?.stop();
}, 60_000);

beforeEach(() => withClient(postgres.url, (client) => client.query('DELETE FROM comments')));
afterEach(loseCache);

async function loseCache(): Promise<void> {
  if (redis === null) return;
  redis.kill('SIGKILL');
  if (redis.exitCode === null && redis.signalCode === null) await once(redis, 'exit');
  redis = null;
}

interface Web {
  readonly photos: Photos;
  readonly shown: () => Promise<string[]>;
  follow(plan: Caches): void;
  stop(): Promise<void>;
}

/** A web server's way to its data. @param node tells its ids from those of the others */
function startWeb(node: number, plan = PLAN): Web {
  const told: unknown[] = [];
  const ids = createIds(node);
  const raw = postgresPhotos(database, ids);
  const late = postgresLateComments(database, ids);
  const cache = openReadThrough(plan, (error) => told.push(error));
  const behind = writeBehind(
    cache.servers,
    plan,
    (writes) => writeComments(writes, late, cache),
    (error) => told.push(error),
  );
  const photos = photosBehind(
    raw,
    invalidatingPhotos(raw, cache, () => ''),
    late,
    behind,
    cache,
  );
  const answers = cachedAnswers(cache);
  return {
    photos,
    async shown() {
      const found = await answers.value(keyOf.comments(PHOTO), () => loadComments(raw, PHOTO));
      return (found?.comments ?? []).map(({ text }) => text);
    },
    follow(now) {
      cache.follow(now);
      behind.follow(now);
    },
    async stop() {
      await behind.close();
      cache.close();
    },
  };
}

/** Comments until a cache server has one: until then, they go to the database at once. */
async function untilQueued(web: Web): Promise<void> {
  await retry(5_000, async () => {
    const { id } = await web.photos.comment(PHOTO, AUTHOR, 'first');
    expect(await rows()).not.toContainEqual([id, 'first']);
  });
  await withClient(postgres.url, (client) => client.query('DELETE FROM comments'));
}

function startCache(): void {
  redis = spawn('redis-server', ['--bind', CACHE.address, '--port', String(CACHE.port), '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
}

async function rows(): Promise<(readonly [number, string])[]> {
  return withClient(postgres.url, async (client) => {
    const { rows: found } = await client.query<{ id: string; body: string }>('SELECT id, body FROM comments ORDER BY id');
    return found.map(({ id, body }) => [Number(id), body] as const);
  });
}

const rowOf = ({ id, text }: Comment): readonly [number, string] => [id, text];

it('acknowledges a comment that only the cache has, shows it to everybody, and writes it when its time has come', async () => {
  startCache();
  const [web, other] = [startWeb(1), startWeb(2)];
  await untilQueued(web);
  const comment = await web.photos.comment(PHOTO, AUTHOR, 'later');
  expect(await rows()).toEqual([]);
  await retry(5_000, async () => expect((await other.shown())[0]).toBe('later'));
  web.follow({ ...PLAN, flushMs: 0 });
  await retry(5_000, async () => expect(await rows()).toContainEqual(rowOf(comment)));
  await web.stop();
  await other.stop();
}, 30_000);

it('loses with the cache what was not written yet, and nothing else', async () => {
  startCache();
  const web = startWeb(1);
  await untilQueued(web);
  web.follow({ ...PLAN, flushMs: 0 });
  const kept = await web.photos.comment(PHOTO, AUTHOR, 'kept');
  await retry(5_000, async () => expect(await rows()).toContainEqual(rowOf(kept)));
  web.follow(PLAN);
  const lost = await web.photos.comment(PHOTO, AUTHOR, 'lost');
  await loseCache();
  const direct = await retry(5_000, () => web.photos.comment(PHOTO, AUTHOR, 'direct'));
  web.follow({ ...PLAN, flushMs: 0 });
  await web.stop();
  expect(await rows()).toEqual(expect.arrayContaining([rowOf(kept), rowOf(direct)]));
  expect(await rows()).not.toContainEqual(rowOf(lost));
}, 30_000);

it('writes every comment once when two web servers flush one queue, and what is left when the strategy changes', async () => {
  startCache();
  const webs = [startWeb(1), startWeb(2)];
  for (const web of webs) await untilQueued(web);
  const made = await Promise.all(
    Array.from({ length: 30 }, (_, index) => (webs[index % 2] as Web).photos.comment(PHOTO, AUTHOR, `comment ${index}`)),
  );
  for (const web of webs) web.follow({ ...PLAN, strategy: 'aside' });
  const byId = (a: readonly [number, string], b: readonly [number, string]): number => a[0] - b[0];
  await retry(10_000, async () => {
    const numbered = (await rows()).filter(([, body]) => body.startsWith('comment'));
    expect(numbered).toEqual(made.map(rowOf).sort(byId));
  });
  for (const web of webs) await web.stop();
}, 30_000);

it('refuses a comment on a photo that does not exist', async () => {
  startCache();
  const web = startWeb(1);
  await untilQueued(web);
  await expect(web.photos.comment(999, AUTHOR, 'nothing')).rejects.toThrow('The photo does not exist.');
  await web.stop();
}, 30_000);
