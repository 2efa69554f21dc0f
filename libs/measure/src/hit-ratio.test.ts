import { expect, it } from '@jest/globals';
import type { ResourceInfo } from '@loadstair/analysis';
import type { CacheUse } from '@loadstair/components';
import { hitRatioUse } from './hit-ratio.ts';
import type { Samples, SoftSample } from './samples.ts';

const resource: ResourceInfo = {
  id: 'cache-1/redis/hit-ratio',
  tier: 'cache',
  host: 'cache-1',
  kind: 'hit-ratio',
  component: 'redis',
  limit: null,
  waitsOn: null,
};
const WINDOW = { startMs: 1_000, endMs: 11_000 };
const nothing = { inUse: null, waiting: null, acquisitions: null };

const web = (host: string, atMs: number, use: Partial<CacheUse> | null, databaseSeconds: number): SoftSample => ({
  ...nothing,
  kind: 'pool',
  host,
  component: 'site',
  atMs,
  waitSeconds: databaseSeconds / 4,
  busySeconds: (3 * databaseSeconds) / 4,
  asked: use === null ? {} : { 'cache-1': { lookups: 0, hits: 0, again: 0, failed: 0, missSeconds: 0, againSeconds: 0, ...use } },
});
const redis = (atMs: number, evicted: number, expired: number): SoftSample => ({
  ...nothing,
  kind: 'hit-ratio',
  host: 'cache-1',
  component: 'redis',
  atMs,
  waitSeconds: null,
  busySeconds: null,
  cache: { usedBytes: 1, mostBytes: 2, entries: 3, evicted, expired, commands: 4 },
});
const samples = (soft: readonly SoftSample[]): Samples => ({ readings: [], soft: [...soft], probes: [] });

it('adds up what all who asked it got in the window, and what it lost', () => {
  const seen = samples([
    web('web-1', 1_000, { lookups: 100, hits: 90, again: 5, againSeconds: 1 }, 10),
    web('web-2', 1_000, null, 0),
    redis(1_000, 7, 3),
    web('web-1', 11_000, { lookups: 400, hits: 240, again: 105, againSeconds: 4 }, 15),
    web('web-2', 11_000, { lookups: 100, hits: 50, again: 40, againSeconds: 2 }, 5),
    redis(11_000, 57, 13),
  ]);
  expect(hitRatioUse(resource, seen, WINDOW)).toEqual({
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
  expect(hitRatioUse(resource, samples([redis(1_000, 0, 0), redis(11_000, 0, 0)]), WINDOW)).toMatchObject({
    busy: 0,
    lookups: 0,
    loadShare: 0,
  });
  expect(hitRatioUse(resource, samples([]), WINDOW)).toBeNull();
});
