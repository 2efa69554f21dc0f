import { expect, it } from '@jest/globals';
import { behindCache, hitRatio } from './hit-ratio.ts';
import type { Resource } from './resource.ts';
import type { AskedOfCache, Samples, SoftSample } from './samples.ts';

const resource: Resource = {
  id: 'cache-1/redis/hit-ratio',
  tier: 'cache',
  host: 'cache-1',
  kind: 'hit-ratio',
  component: 'redis',
  limit: null,
  waitsOn: null,
};
const WINDOW = { startMs: 1_000, endMs: 11_000, blockS: 1 };
const nothing = { inUse: null, waiting: null, acquisitions: null };

const web = (host: string, atMs: number, use: Partial<AskedOfCache> | null, databaseSeconds: number): SoftSample => ({
  ...nothing,
  kind: 'pool',
  host,
  component: 'site',
  atMs,
  waitSeconds: databaseSeconds / 4,
  busySeconds: (3 * databaseSeconds) / 4,
  asked: use === null ? {} : { 'cache-1': { lookups: 0, hits: 0, again: 0, againSeconds: 0, ...use } },
});
const redis = (atMs: number, evicted: number, expired: number): SoftSample => ({
  ...nothing,
  kind: 'hit-ratio',
  host: 'cache-1',
  component: 'redis',
  atMs,
  waitSeconds: null,
  busySeconds: null,
  cache: { evicted, expired },
});
const samples = (soft: readonly SoftSample[]): Samples => ({ readings: [], soft });

it('adds up what all who asked it got in the window, and what it lost', () => {
  const seen = samples([
    web('web-1', 1_000, { lookups: 100, hits: 90, again: 5, againSeconds: 1 }, 10),
    web('web-2', 1_000, null, 0),
    redis(1_000, 7, 3),
    web('web-1', 11_000, { lookups: 400, hits: 240, again: 105, againSeconds: 4 }, 15),
    web('web-2', 11_000, { lookups: 100, hits: 50, again: 40, againSeconds: 2 }, 5),
    redis(11_000, 57, 13),
  ]);
  expect(hitRatio.use(resource, seen, WINDOW)).toEqual({
    kind: 'hit-ratio',
    resource: resource.id,
    busy: 0.5,
    blocks: [],
    lookups: 400,
    again: 140,
    evicted: 50,
    expired: 10,
    loadShare: 0.5,
  });
});

it('missed nothing where nobody asked, and is unseen where nobody tells', () => {
  expect(hitRatio.use(resource, samples([redis(1_000, 0, 0), redis(11_000, 0, 0)]), WINDOW)).toMatchObject({
    busy: 0,
    lookups: 0,
    loadShare: 0,
  });
  expect(hitRatio.use(resource, samples([]), WINDOW)).toBeNull();
});

it('stands before what its askers call, but not before itself', () => {
  const links = [
    { from: 'clients', to: 'web' },
    { from: 'web', to: 'cache' },
    { from: 'web', to: 'db' },
    { from: 'web', to: 'db-replica' },
    { from: 'db-replica', to: 'db' },
  ];
  expect(behindCache({ links }, 'cache').sort()).toEqual(['db', 'db-replica']);
});
