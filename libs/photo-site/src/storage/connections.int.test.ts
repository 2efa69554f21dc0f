import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type StartedPostgres } from '../testing/postgres.ts';
import { SITE_LIMITS } from '../limits.ts';
import { slowDoor, type SlowDoor } from '../testing/slow-door.ts';
import { DatabaseAway, openConnections, type Connections } from './connections.ts';

const ADDRESS = '127.99.0.30';
const OPENS_MS = 300;
let server: StartedPostgres;
let door: SlowDoor | null = null;
let connections: Connections | null = null;

beforeAll(async () => {
  server = await startPostgres(ADDRESS);
}, 60_000);
afterEach(async () => {
  // First the door: closing waits for a connection that is being opened.
  await door?.stop();
  door = null;
  await connections?.close();
  connections = null;
});
afterAll(() => server.stop());

async function behind(opensInMs: number, max: number): Promise<Connections> {
  door = await slowDoor(ADDRESS, { host: ADDRESS, port: 5432 }, opensInMs);
  connections = openConnections(server.url.replace(':5432/', `:${door.port}/`), max);
  return connections;
}

/** What many requests do: take one, ask something short, give it back. */
async function ask(of: Connections, text = 'SELECT 1'): Promise<number> {
  const begun = performance.now();
  const connection = await of.take();
  await connection.query('ask', text);
  connection.release();
  return performance.now() - begun;
}

describe('connections to a server that opens them slowly', () => {
  it('are opened one at a time, and a rush is answered over the first that is there', async () => {
    const slow = await behind(OPENS_MS, 40);
    const took = await Promise.all(Array.from({ length: 40 }, () => ask(slow)));
    expect(Math.max(...took)).toBeLessThan(2 * OPENS_MS);
    expect(door).toMatchObject({ mostOpening: 1, opened: 1 });
  });

  it('grow in number while all that there are stay in use', async () => {
    const slow = await behind(20, 5);
    await Promise.all(Array.from({ length: 20 }, () => ask(slow, 'SELECT pg_sleep(0.2)')));
    expect(door).toMatchObject({ mostOpening: 1, opened: 5 });
    expect(slow.free).toBe(true);
  });

  it('one that broke makes room for another', async () => {
    const slow = await behind(20, 1);
    const first = await slow.take();
    const [second, broken] = [
      ask(slow),
      first.query('end', 'SELECT pg_terminate_backend(pg_backend_pid())').catch((error: Error) => error),
    ];
    const failure = await broken;
    expect(failure).toBeInstanceOf(DatabaseAway);
    first.release(failure as Error);
    await second;
  });
});

describe('who waits for a server', () => {
  it('that refuses is told at once, everybody', async () => {
    const nobody = openConnections('postgres://loadstair@127.99.0.31:5432/photos', 4);
    connections = nobody;
    const failures = await Promise.all(Array.from({ length: 6 }, () => nobody.take().catch((error: unknown) => error)));
    for (const failure of failures) expect(failure).toBeInstanceOf(DatabaseAway);
  }, 3_000);

  it('that has as many connections as it takes is told, and that is counted', async () => {
    const owner = openConnections(server.url, 1);
    const asking = await owner.take();
    // The server says the same of a user's limit as of its own: SQLSTATE 53300.
    await asking.query('make', 'CREATE ROLE few LOGIN CONNECTION LIMIT 2');
    asking.release();
    await owner.close();
    let refused = 0;
    const few = openConnections(server.url.replace('loadstair@', 'few@'), 5, () => (refused += 1));
    connections = few;
    const taken = [await few.take(), await few.take()];
    expect(refused).toBe(0);
    await expect(few.take()).rejects.toBeInstanceOf(DatabaseAway);
    expect(refused).toBe(1);
    for (const one of taken) one.release();
  }, 5_000);

  it('that says nothing is told when somebody has noticed', async () => {
    const silent = await behind(Infinity, 4);
    const failures = Promise.all(Array.from({ length: 3 }, () => silent.take().catch((error: unknown) => error)));
    silent.breakOff();
    for (const failure of await failures) expect(failure).toBeInstanceOf(DatabaseAway);
  }, 3_000);

  it('that falls silent is told after the time that a query has, and can close', async () => {
    const doomed = await behind(0, 2);
    const connection = await doomed.take();
    await connection.query('ask', 'SELECT 1');
    door?.fallSilent();
    const begun = performance.now();
    const failure = await connection.query('ask', 'SELECT 1').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseAway);
    expect(Math.abs(performance.now() - begun - SITE_LIMITS.queryMs)).toBeLessThan(500);
    connection.release(failure as Error);
    expect(doomed.free).toBe(false);
    await doomed.close();
    expect(performance.now() - begun).toBeLessThan(3 * SITE_LIMITS.queryMs);
    connections = null;
  }, 20_000);

  it('that is given up is told to ask elsewhere', async () => {
    const slow = await behind(OPENS_MS, 4);
    const waits = slow.take().catch((error: unknown) => error);
    await slow.close();
    connections = null;
    expect(await waits).toBeInstanceOf(DatabaseAway);
    await expect(slow.take()).rejects.toThrow(DatabaseAway);
  });
});
