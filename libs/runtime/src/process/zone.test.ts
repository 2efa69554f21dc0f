import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FILES_NAME, placeTopology, SITE_NAME, type Tier, type Topology } from '@loadstair/topology';
import { startDns, type StartedDns } from './dns.ts';
import { zoneOf } from './zone.ts';

const PORT = 5355;
const tier = (name: string, components: Tier['components'], more: Partial<Tier>): Tier => ({
  ...{ name, count: 1, cpu: 1, memoryMiB: 256, components, settings: {}, public: true },
  ...more,
});
const topology: Topology = {
  stage: 11,
  slug: '',
  title: '',
  tiers: [
    tier('lb', ['haproxy'], { count: 2, places: ['east', 'west'] }),
    tier('edge', ['varnish'], { count: 2, places: ['east', 'west'] }),
  ],
  links: ['lb', 'edge'].map((to) => ({ from: 'clients', to, role: 'http' as const })),
  places: [
    { name: 'east', kind: 'data centre', users: 0.5 },
    { name: 'west', kind: 'data centre', users: 0.5 },
  ],
  distances: [{ between: ['east', 'west'], ms: 60 }],
  names: [
    { name: SITE_NAME, tiers: ['lb'], policy: { kind: 'failover', ttlS: 3, order: ['east', 'west'] } },
    { name: FILES_NAME, tiers: ['edge'], policy: { kind: 'nearest', ttlS: 60, checked: false } },
    { name: 'drawn.lab', tiers: ['edge'], policy: { kind: 'weighted', ttlS: 1, checked: false, weights: { east: 3, west: 1 } } },
  ],
};
const placement = placeTopology(topology, { instance: 115, labFolder: '/lab' });
let dead = '';
let dns: StartedDns;

beforeAll(async () => {
  dns = await startDns(
    placement.labAddress,
    PORT,
    zoneOf(
      () => placement,
      ({ name }) => name !== dead,
    ),
  );
});
afterAll(() => dns.stop());

function ask(name: string, from: string): Promise<readonly { readonly address: string; readonly ttl: number }[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 1 });
  resolver.setServers([`${placement.labAddress}:${PORT}`]);
  resolver.setLocalAddress(placement.addresses.clients(from).visitor);
  return resolver.resolve4(name, { ttl: true });
}

it('answers by the network of the asker, or for the place that the name says', async () => {
  expect(await ask(FILES_NAME, 'east')).toEqual([{ address: '127.115.100.3', ttl: 60 }]);
  expect(await ask(FILES_NAME, 'west')).toEqual([{ address: '127.115.101.4', ttl: 60 }]);
  expect(await ask(`west.${FILES_NAME}`, 'east')).toEqual([{ address: '127.115.101.4', ttl: 60 }]);
  await expect(ask('other.lab', 'east')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

it('sends everybody elsewhere when the first place dies, and back when it is healthy again', async () => {
  expect(await ask(SITE_NAME, 'west')).toEqual([{ address: '127.115.11.1', ttl: 3 }]);
  dead = 'lb-1';
  expect(await ask(SITE_NAME, 'west')).toEqual([{ address: '127.115.101.2', ttl: 3 }]);
  dead = '';
  expect(await ask(SITE_NAME, 'east')).toEqual([{ address: '127.115.100.1', ttl: 3 }]);
});

it('draws places by weight, close to it already in few answers', async () => {
  const answers: string[] = [];
  for (let asked = 0; asked < 40; asked += 1) answers.push((await ask('drawn.lab', 'east'))[0]?.address ?? '');
  const east = answers.filter((address) => address === '127.115.100.3').length;
  expect(east).toBeGreaterThanOrEqual(28);
  expect(east).toBeLessThanOrEqual(32);
});
