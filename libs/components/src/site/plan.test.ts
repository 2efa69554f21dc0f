import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { parsePlan } from '@loadstair/site-plan';
import { FILES_NAME, placeTopology, type PlacedHost, type Placement, type Tier, type Topology } from '@loadstair/topology';
import { contextOf } from '../testing/context.ts';
import { writeFiles } from '../owned-file.ts';
import { sitePlanOf } from './plan.ts';
import { site } from './site.ts';

const labFolder = mkdtempSync(join(tmpdir(), 'loadstair-plan-'));
afterAll(() => rmSync(labFolder, { recursive: true, force: true }));

const tier = (name: string, components: Tier['components'], count = 1): Tier => ({
  name,
  count,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: false,
  distanceMs: 0,
});
const topology: Topology = {
  stage: 4,
  slug: '',
  title: '',
  tiers: [tier('web', ['site']), tier('db', ['postgres']), tier('db-replica', ['postgres'], 2)],
  links: [
    { from: 'web', to: 'db', role: 'sql' },
    { from: 'db-replica', to: 'db', role: 'wal' },
  ],
};
const placement = placeTopology(topology, { instance: 7, labFolder });
const web = placement.hosts[0] as PlacedHost;
const secrets = { database: 'db-secret', cache: 'cache-secret' };
const url = (number: number): string => `postgres://site:db-secret@127.7.0.${number}:5432/photos`;

it('names every group of databases that it has a link to, in order', () => {
  const divided = placeTopology(
    {
      ...topology,
      tiers: [...topology.tiers, tier('more-db', ['postgres']), tier('other-db', ['postgres'])],
      links: [...topology.links, { from: 'web', to: 'more-db', role: 'sql' }],
    },
    { instance: 7, labFolder },
  );
  const { databases } = sitePlanOf(divided.hosts[0] as PlacedHost, divided, secrets);
  expect(databases.map(({ name, replicas }) => [name, replicas?.length ?? null])).toEqual([
    ['db', 2],
    ['more-db', null],
  ]);
});

it('names the primary and all that follow it, and after a failover others', async () => {
  expect(sitePlanOf(web, placement, secrets).databases).toEqual([
    {
      name: 'db',
      primary: { name: 'db-1', url: url(2) },
      replicas: [
        { name: 'db-replica-1', url: url(3) },
        { name: 'db-replica-2', url: url(4) },
      ],
    },
  ]);
  const promoted: Placement = { ...placement, primaries: { db: 'db-replica-1' } };
  const files = site.files(contextOf(web, promoted));
  await writeFiles(files, null);
  const path = files[0]?.path ?? '';
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(parsePlan(readFileSync(path, 'utf8')).databases[0]).toEqual({
    name: 'db',
    primary: { name: 'db-replica-1', url: url(3) },
    replicas: [
      { name: 'db-1', url: url(2) },
      { name: 'db-replica-2', url: url(4) },
    ],
  });
});

it('tells of no replicas, caches and edges where there can be none', () => {
  const alone = placeTopology({ ...topology, links: topology.links.slice(0, 1) }, { instance: 8, labFolder });
  expect(sitePlanOf(alone.hosts[0] as PlacedHost, alone, secrets)).toMatchObject({
    databases: [{ replicas: null }],
    caches: null,
    files: { base: null },
  });
});

it('tells how caches and edges are used', () => {
  const full = placeTopology(
    {
      ...topology,
      tiers: [
        ...topology.tiers,
        { ...tier('cache', ['redis'], 2), settings: { redis: { ttl: 3, jitter: 20, through: 'off' } } },
        { ...tier('edge', ['varnish']), settings: { varnish: { ttl: 60, likes: 5 } } },
      ],
      links: [...topology.links, { from: 'web', to: 'cache', role: 'cache' }],
      names: [{ name: FILES_NAME, tiers: ['edge'], policy: { kind: 'nearest', ttlS: 60, checked: false } }],
    },
    { instance: 9, labFolder },
  );
  const plan = sitePlanOf(full.hosts[0] as PlacedHost, full, secrets);
  expect(plan.caches).toMatchObject({
    through: false,
    ttlMs: 3_000,
    jitter: 0.2,
    strategy: 'aside',
    flushMs: 1_000,
    invalidate: true,
    stampede: 'single-flight',
  });
  expect(plan.caches?.servers).toEqual(
    [5, 6].map((number, index) => ({
      name: `cache-${index + 1}`,
      address: `127.9.0.${number}`,
      port: 6379,
      user: 'site',
      password: 'cache-secret',
    })),
  );
  expect(plan.files).toEqual({ base: 'http://cdn.photos.lab:8080', leastLikes: 5, ttlS: 60 });
});
