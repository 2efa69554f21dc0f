import { describe, expect, it } from '@jest/globals';
import { cacheShares } from './expectations/cache-shares.ts';
import { databaseCapacity } from './expectations/database-capacity.ts';
import { dividesWork } from './expectations/divided-work.ts';
import { replicaLag } from './expectations/replica-lag.ts';
import type { Steady } from './observed.ts';
import { host, observed, seen, steady } from './testing/observed.ts';

const group = { group: 'db' } as const;
const hosts = [host('web-1'), host('db-1', group), host('db-replica-1', group), host('db-replica-2', group)];
const one = (is: Partial<Steady>) => observed({ phases: [seen('a', 0, steady({ hosts, ...is }))] });

describe('work of databases', () => {
  const divides = dividesWork({ phase: 'a', writers: 'db', readers: 'db-replica', leastReads: 0.6 });
  const work = (writesElsewhere: number, readsOnPrimary: number): Partial<Steady> => ({
    databases: [
      { host: 'db-1', reads: readsOnPrimary, writes: 80 },
      { host: 'db-replica-1', reads: 100, writes: writesElsewhere },
      { host: 'db-replica-2', reads: 100, writes: 0 },
    ],
  });

  it.each([
    { elsewhere: 0, primary: 20, holds: true },
    { elsewhere: 1, primary: 20, holds: false },
    { elsewhere: 0, primary: 200, holds: false },
  ])('is divided: $elsewhere writes elsewhere, $primary reads on the primary: $holds', ({ elsewhere, primary, holds }) => {
    expect(divides.judge(one(work(elsewhere, primary)))).toMatchObject({ holds, values: { writesElsewhere: elsewhere } });
  });

  it('says what each host was asked, and the reads for each write', () => {
    expect(divides.judge(one(work(0, 40)))).toMatchObject({
      details: ['db-1  5.0 reads/s, 10.0 writes/s', 'db-replica-1  12.5 reads/s, 0.0 writes/s', 'db-replica-2  12.5 reads/s, 0.0 writes/s'],
      values: { readsPerWrite: 3 },
    });
  });

  it('goes by the part a host plays: one that was promoted takes the writes', () => {
    const promoted = [host('db-1', { ...group, tier: 'db-replica' }), host('db-replica-1', { ...group, tier: 'db' })];
    const databases = [
      { host: 'db-1', reads: 90, writes: 0 },
      { host: 'db-replica-1', reads: 10, writes: 60 },
    ];
    expect(divides.judge(one({ hosts: promoted, databases })).holds).toBe(true);
  });

  it('is not known where nobody counted, or of too little', () => {
    expect(divides.judge(one({})).holds).toBeNull();
    expect(divides.judge(one({ databases: [{ host: 'db-1', reads: 200, writes: 3 }] })).holds).toBeNull();
  });
});

describe('capacity of databases', () => {
  const full = (db: number, replica: number): Partial<Steady> => ({
    hosts,
    saturation: {
      web: { load: 10, interval: [9, 11] },
      db: { load: db, interval: [db - 5, db + 5] },
      'db-replica': { load: replica, interval: [replica - 5, replica + 5] },
    },
  });
  it.each([
    [full(400, 200), true, 2],
    [full(400, 120), false, 1.2],
  ])('is that of the database host which is full first, whatever else is: %#', (is, holds, ratio) => {
    const phases = [seen('without', 0, steady(full(100, 900))), seen('with', 1, steady(is))];
    const capacity = databaseCapacity({ phase: 'with', than: 'without', least: 1.3, most: null });
    expect(capacity.judge(observed({ phases }))).toMatchObject({ holds, values: { ratio } });
  });

  it('is not known where no database was measured', () => {
    expect(databaseCapacity({ phase: 'a', than: 'a', least: 1, most: null }).judge(one({})).holds).toBeNull();
  });
});

describe('lag of replicas', () => {
  const lag = (...seconds: readonly number[]): Partial<Steady> => ({
    use: seconds.map((meanBehindSeconds, index) => ({
      kind: 'replay' as const,
      resource: `db-replica-${index + 1}/postgres/replay`,
      busy: 0,
      blocks: [],
      meanBehindSeconds,
      meanBehindBytes: 2_048,
    })),
  });
  const late = replicaLag({ phase: 'a', leastS: 0.8, mostS: 3 });

  it('is that of the one furthest behind', () => {
    expect(late.judge(one(lag(0.1, 1.2)))).toMatchObject({ holds: true, values: { seconds: 1.2, bytes: 2_048 } });
    expect(late.judge(one(lag(0.1, 0.2))).holds).toBe(false);
    expect(late.judge(one(lag(4, 0.2))).holds).toBe(false);
    expect(late.judge(one({})).holds).toBeNull();
  });

  it('stands in the table with what readers missed', () => {
    const databases = [
      { host: 'db-1', reads: 10, writes: 30 },
      { host: 'db-replica-1', reads: 30, writes: 0 },
    ];
    expect(late.table(one({ ...lag(1.2), databases, stale: 16, requests: 160 }))?.rows).toEqual([
      ['a', '1.20', '2.0', '10 %', '75 %', '40'],
    ]);
    expect(late.table(one({}))?.rows).toEqual([['a', '–', '–', '–', '–', '40']]);
  });
});

describe('shares of cache servers', () => {
  const asked = (...lookups: readonly number[]): Partial<Steady> => ({
    use: lookups.map((many, index) => ({
      kind: 'hit-ratio' as const,
      resource: `cache-${index + 1}/redis/hit-ratio`,
      busy: 0.1,
      blocks: [],
      lookups: many,
    })),
  });
  it.each([
    [asked(100, 80), 2, true],
    [asked(300, 30), 2, false],
    [asked(100, 80), 3, false],
    [asked(90), 1, true],
    [asked(20), 1, null],
  ])('%#', (is, servers, holds) => {
    expect(cacheShares({ phase: 'a', servers, leastOfEven: 0.5 }).judge(one(is)).holds).toBe(holds);
  });
});
