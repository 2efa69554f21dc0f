import { mkdtempSync, readFileSync, rmSync, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { placeTopology, type PlacedHost, type Placement, type Tier, type Topology } from '@loadstair/topology';
import { contextOf } from '../testing/context.ts';
import { membersFile, membersOf, writeMembers } from './members.ts';

const labFolder = mkdtempSync(join(tmpdir(), 'loadstair-members-'));
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
    { from: 'web', to: 'db', protocol: 'sql' },
    { from: 'db-replica', to: 'db', protocol: 'wal' },
  ],
};
const placement = placeTopology(topology, { instance: 7, labFolder });
const web = placement.hosts[0] as PlacedHost;
const url = (number: number): string => `postgres://site:db-secret@127.7.0.${number}:5432/photos`;

it('names the primary and all that follow it, and after a failover others', async () => {
  expect(membersOf(web, placement, 'db-secret')).toEqual({
    primary: { name: 'db-1', url: url(2) },
    replicas: [
      { name: 'db-replica-1', url: url(3) },
      { name: 'db-replica-2', url: url(4) },
    ],
  });
  const promoted: Placement = { ...placement, primaries: { db: 'db-replica-1' } };
  await writeMembers(contextOf(web, promoted));
  expect(statSync(membersFile(web)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(membersFile(web), 'utf8'))).toEqual({
    primary: { name: 'db-replica-1', url: url(3) },
    replicas: [
      { name: 'db-1', url: url(2) },
      { name: 'db-replica-2', url: url(4) },
    ],
  });
});

it('writes nothing where there are no replicas', async () => {
  const alone = placeTopology({ ...topology, links: topology.links.slice(0, 1) }, { instance: 8, labFolder });
  await writeMembers(contextOf(alone.hosts[0] as PlacedHost, alone));
  expect(existsSync(membersFile(alone.hosts[0] as PlacedHost))).toBe(false);
});
