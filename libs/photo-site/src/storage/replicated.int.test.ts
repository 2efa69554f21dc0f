import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Consistency, DatabaseGroup, DatabaseMember } from '@loadstair/site-plan';
import { startPostgres, withClient, type StartedPostgres } from '../testing/postgres.ts';
import { retry } from '../testing/retry.ts';
import { slowDoor, type SlowDoor } from '../testing/slow-door.ts';
import { DatabaseAway } from './connections.ts';
import { EVERYBODY, type Database, type Work } from './database.ts';
import { asReader } from './reader.ts';
import { replicatedDatabase, sharedBy, type ReplicatedDatabase } from './replicated.ts';

/** Servers that do not replicate: each says its own name, so that it shows where an answer came from. */
const NAMES = ['first', 'second', 'third'] as const;
/** A silent server does not answer a goodbye: it gets the whole limit of a query. */
const TIMEOUT_MS = 20_000;
const servers: StartedPostgres[] = [];
let database: ReplicatedDatabase | null = null;

const member = (index: number): DatabaseMember => ({ name: NAMES[index] as string, url: (servers[index] as StartedPostgres).url });
const group = (primary: number, ...replicas: readonly number[]): DatabaseGroup => ({
  name: 'main',
  primary: member(primary),
  replicas: replicas.map(member),
});
const replicated = (members: DatabaseGroup, consistency: Consistency, max: number): ReplicatedDatabase => {
  const opened = replicatedDatabase(members, consistency, sharedBy(max), (error) => {
    throw error;
  });
  database = opened;
  return opened;
};
const open = async (members: DatabaseGroup, consistency: Consistency, max = 4): Promise<ReplicatedDatabase> => {
  const opened = replicated(members, consistency, max);
  // A replica takes part when it has answered a first look.
  await retry(5_000, async () => {
    const primary = await whoWrites(opened);
    const seen = new Set(await Promise.all(Array.from({ length: 4 }, () => whoReads(opened))));
    if (seen.size !== members.replicas?.length || seen.has(primary)) throw new Error([...seen].join());
  });
  return opened;
};
const who: Work<string> = async (query) => {
  const [row] = await query<{ name: string }>('who', 'SELECT name FROM who');
  return row?.name ?? '';
};
const whoReads = (of: Database): Promise<string> => of.read(EVERYBODY, who);
const whoWrites = (of: Database): Promise<string> => of.write(EVERYBODY, who);

beforeAll(async () => {
  for (const [index, name] of NAMES.entries()) {
    const server = await startPostgres(`127.99.0.${20 + index}`);
    servers.push(server);
    await withClient(server.url, (client) => client.query(`CREATE TABLE who AS SELECT '${name}'::text AS name`));
  }
}, 90_000);

afterEach(async () => {
  await database?.close();
  database = null;
});

afterAll(async () => {
  for (const server of servers) await server.stop();
}, 60_000);

describe('several databases', () => {
  it('writes to the primary, and spreads reads evenly over the replicas', async () => {
    const several = await open(group(0, 1, 2), 'none');
    expect(await whoWrites(several)).toBe('first');
    const before = { ...several.given.reads };
    for (let index = 0; index < 20; index += 1) await whoReads(several);
    expect(NAMES.map((name) => (several.given.reads[name] ?? 0) - (before[name] ?? 0))).toEqual([0, 10, 10]);
  });

  it('counts reads and writes of each server, and follows another rule of reads at once', async () => {
    const several = await open(group(0, 1, 2), 'none');
    const given = (kind: 'reads' | 'writes'): number[] => NAMES.map((name) => several.given[kind][name] ?? 0);
    const [reads, writes] = [given('reads'), given('writes')];
    for (let index = 0; index < 4; index += 1) await whoWrites(several);
    expect(given('writes').map((now, index) => now - (writes[index] as number))).toEqual([4, 0, 0]);
    several.adopt(group(0, 1, 2), 'primary');
    for (let index = 0; index < 6; index += 1) expect(await whoReads(several)).toBe('first');
    expect(given('reads').map((now, index) => now - (reads[index] as number))).toEqual([6, 0, 0]);
    several.adopt(group(0, 1, 2), 'after-write-primary');
    await asReader('ann', async () => {
      await whoWrites(several);
      expect(await whoReads(several)).toBe('first');
    });
    expect(await whoReads(several)).not.toBe('first');
  });

  it('sends who has just written to the primary, and nobody else', async () => {
    const several = await open(group(0, 1), 'after-write-primary');
    expect(await asReader('ann', () => whoReads(several))).toBe('second');
    await asReader('ann', () => whoWrites(several));
    expect(await asReader('ann', () => whoReads(several))).toBe('first');
    expect(await asReader('ben', () => whoReads(several))).toBe('second');
  });

  it('waits for a replica to have replayed a write, and then asks the primary', async () => {
    const several = await open(group(0, 1), 'wait-for-lsn');
    await asReader('ann', () => whoWrites(several));
    // This one follows nothing: it will never have it.
    expect(await asReader('ann', () => whoReads(several))).toBe('first');
    expect(await asReader('ben', () => whoReads(several))).toBe('second');
  });

  it('holds one limit of connections over all of them', async () => {
    const several = await open(group(0, 1, 2), 'none', 2);
    const sleeps = Array.from({ length: 6 }, () => several.read(EVERYBODY, (query) => query('sleep', 'SELECT pg_sleep(0.1)')));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(several.stats).toMatchObject({ inUse: 2, waiting: 4, max: 2 });
    await Promise.all(sleeps);
    expect(several.stats).toMatchObject({ inUse: 0, waiting: 0 });
  });

  it('sends a write that has waited for its turn to whoever is the primary by then', async () => {
    const several = await open(group(0, 1), 'none', 1);
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const holding = several.write(EVERYBODY, () => released).catch(() => {});
    const waiting = whoWrites(several);
    several.adopt(group(1, 0), 'none');
    release();
    await holding;
    expect(await waiting).toBe('second');
  });

  it('gives a replica on which nobody has read its share as it opens connections, and makes no reader wait for them', async () => {
    const several = await open(group(0, 1), 'none');
    const opensInMs = 400;
    const door = await slowDoor('127.99.0.22', { host: '127.99.0.22', port: 5432 }, opensInMs);
    try {
      const slow = { name: 'slow', url: member(2).url.replace(':5432/', `:${door.port}/`) };
      several.adopt({ ...group(0), replicas: [member(1), slow] }, 'none');
      let longestMs = 0;
      await retry(10_000, async () => {
        const begun = performance.now();
        const from = await Promise.all(Array.from({ length: 4 }, () => whoReads(several)));
        longestMs = Math.max(longestMs, performance.now() - begun);
        if (from.filter((name) => name === 'third').length < 2) throw new Error('not yet');
      });
      expect(longestMs).toBeLessThan(opensInMs);
      expect(door.mostOpening).toBeLessThanOrEqual(2);
    } finally {
      await several.close();
      database = null;
      await door.stop();
    }
  }, 15_000);

  it('goes over to other servers when it is told of them, and loses nothing that is under way', async () => {
    const several = await open(group(0, 1), 'none');
    const underWay = several.write(EVERYBODY, (query) => query<{ name: string }>('slow', 'SELECT name FROM who, pg_sleep(0.3)'));
    await retry(5_000, async () => {
      if (several.stats.inUse === 0) throw new Error('not under way yet');
    });
    several.adopt(group(1, 2), 'none');
    await retry(5_000, async () => {
      if ((await whoWrites(several)) !== 'second' || (await whoReads(several)) !== 'third') throw new Error('not yet');
    });
    expect(await underWay).toEqual([{ name: 'first' }]);
  });

  describe('whose primary has fallen silent, when another takes its place', () => {
    let door: SlowDoor;
    let several: ReplicatedDatabase;
    let takeItsPlace: () => void;
    beforeEach(async () => {
      door = await slowDoor('127.99.0.20', { host: '127.99.0.20', port: 5432 }, 0);
      const doomed = { name: 'first', url: member(0).url.replace(':5432/', `:${door.port}/`) };
      // Nobody has read yet: reads that find no replica open further connections to the primary.
      several = replicated({ name: 'main', primary: doomed, replicas: [member(1), member(2)] }, 'none', 2);
      takeItsPlace = () => several.adopt({ name: 'main', primary: member(1), replicas: [member(2), doomed] }, 'none');
      expect(await whoWrites(several)).toBe('first');
      door.fallSilent();
    }, TIMEOUT_MS);
    afterEach(async () => {
      await database?.close();
      database = null;
      await door.stop();
    }, TIMEOUT_MS);

    it(
      'lets go of writes that wait for it',
      async () => {
        const waiting = Array.from({ length: 2 }, () => whoWrites(several).catch((error: unknown) => error));
        await retry(5_000, async () => expect(several.stats).toMatchObject({ inUse: 1, waiting: 1 }));
        const begun = performance.now();
        takeItsPlace();
        for (const answer of await Promise.all(waiting)) expect(answer).toBeInstanceOf(DatabaseAway);
        expect(await whoWrites(several)).toBe('second');
        expect(performance.now() - begun).toBeLessThan(1_000);
      },
      TIMEOUT_MS,
    );

    it(
      'lets go of a write that begins in that moment',
      async () => {
        const begun = performance.now();
        const write = whoWrites(several);
        // It has passed the gate, and the connection that was free is on its way to it.
        await Promise.resolve();
        takeItsPlace();
        await expect(write).rejects.toThrow(DatabaseAway);
        expect(performance.now() - begun).toBeLessThan(1_000);
      },
      TIMEOUT_MS,
    );
  });

  it('answers reads from the rest when a replica dies, and says which server is away when it is the last', async () => {
    const several = await open(group(1, 2), 'none');
    process.kill((servers[2] as StartedPostgres).pid, 'SIGQUIT');
    // It may still answer while it ends; then nobody has noticed.
    for (let index = 0; index < 10; index += 1) expect(['second', 'third']).toContain(await whoReads(several));
    await retry(5_000, async () => {
      if ((await whoReads(several)) !== 'second') throw new Error('not yet');
    });
    process.kill((servers[1] as StartedPostgres).pid, 'SIGQUIT');
    await retry(5_000, () => expect(whoReads(several)).rejects.toThrow(DatabaseAway));
    await expect(whoWrites(several)).rejects.toThrow(DatabaseAway);
  });
});
