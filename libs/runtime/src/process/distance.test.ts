import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { placeTopology, PORTS, type Placement, type Tier, type Topology } from '@loadstair/topology';
import { Distances, proxiesOf } from './distance.ts';

const tier = (name: string, components: Tier['components'], more: Partial<Tier> = {}): Tier => ({
  ...{ name, count: 2, cpu: 1, memoryMiB: 256, components, settings: {}, public: false, places: ['east', 'west'] },
  ...more,
});
const topology: Topology = {
  stage: 11,
  slug: '',
  title: '',
  tiers: [tier('lb', ['haproxy'], { public: true }), tier('web', ['site']), tier('db', ['postgres'], { count: 1 })],
  links: [
    { from: 'clients', to: 'lb', role: 'http' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
  places: [
    { name: 'east', kind: 'data centre', users: 0.5 },
    { name: 'west', kind: 'data centre', users: 0.5 },
  ],
  distances: [{ between: ['east', 'west'], ms: 60 }],
};
const placement = placeTopology(topology, { instance: 116, labFolder: '/lab' });
const without = (name: string) => ({ ...placement, hosts: placement.hosts.filter((host) => host.name !== name) });

const FAR = { type: 'latency', attributes: { latency: 60, jitter: 0 } };

/** Stands for toxiproxy: keeps what it is told, and refuses what it would refuse. */
const proxies = new Set<string>();
let told: string[] = [];
const server = createServer((request, response) => {
  const { method = '', url = '' } = request;
  if (url === '/version') return void response.end('{}');
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    const name = url === '/proxies' ? (JSON.parse(body) as { name: string }).name : (url.split('/')[2] ?? '');
    told.push(`${method} ${url === '/proxies' ? name : url.replace('/proxies/', '')}`);
    const there = proxies.has(name);
    if (url === '/proxies' ? there : !there) return void response.writeHead(there ? 409 : 404).end();
    if (method === 'DELETE') proxies.delete(name);
    else proxies.add(name);
    response.end('{}');
  });
});

beforeAll(async () => {
  server.listen(PORTS.distance, placement.labAddress);
  await once(server, 'listening');
});
afterAll(() => void server.close());

it('there is one proxy for each place and host that are far from each other', () => {
  expect(proxiesOf(placement)).toEqual([
    { name: 'west-lb-1-8080', listen: '127.116.11.1:8080', upstream: '127.116.100.1:8080', toxics: [FAR] },
    { name: 'east-lb-2-8080', listen: '127.116.10.2:8080', upstream: '127.116.101.2:8080', toxics: [FAR] },
    { name: 'west-db-1-5432', listen: '127.116.11.5:5432', upstream: '127.116.0.5:5432', toxics: [FAR] },
  ]);
});

describe('a slow way', () => {
  const withWay = (way: { readonly bandwidth?: number; readonly transit?: number }): Placement =>
    placeTopology(
      {
        ...topology,
        tiers: [...topology.tiers, tier('db-replica', ['postgres'], { count: 1, places: ['east'], settings: { postgres: way } })],
        links: [...topology.links, { from: 'db-replica', to: 'db', role: 'wal' }],
      },
      { instance: 116, labFolder: '/lab' },
    );
  const toxicsOf = (placed: Placement) => proxiesOf(placed).find(({ name }) => name === 'db-replica-1-db-1-5438')?.toxics;
  const latency = (ms: number) => ({ type: 'latency', attributes: { latency: ms, jitter: 0 } });

  it('has a proxy, which carries kB of 1,000 bytes', () => {
    expect(proxiesOf(withWay({ bandwidth: 125 })).at(-1)).toEqual({
      name: 'db-replica-1-db-1-5438',
      listen: '127.116.10.5:5438',
      upstream: '127.116.0.5:5432',
      toxics: [latency(0), { type: 'bandwidth', attributes: { rate: 128 } }],
    });
    expect(toxicsOf(withWay({ transit: 3_000 }))).toEqual([latency(3_000), { type: 'bandwidth', attributes: { rate: 1_073_742 } }]);
    expect(toxicsOf(withWay({ bandwidth: 0, transit: 0 }))).toBeUndefined();
  });

  it('changes without an end of its connections', async () => {
    const distances = new Distances(placement.labAddress);
    const { signal } = new AbortController();
    await distances.follow(withWay({ bandwidth: 1_000 }), signal);
    told = [];
    await distances.follow(withWay({ bandwidth: 32, transit: 100 }), signal);
    await distances.follow(withWay({ bandwidth: 32, transit: 100 }), signal);
    expect(told).toEqual(['latency', 'bandwidth'].map((type) => `POST db-replica-1-db-1-5438/toxics/${type}`));
    await distances.follow(withWay({}), signal);
    expect(told.slice(2)).toEqual(['DELETE db-replica-1-db-1-5438']);
    await distances.follow({ ...placement, hosts: [] }, signal);
  });
});

it('proxies follow hosts that come and go', async () => {
  const distances = new Distances(placement.labAddress);
  const { signal } = new AbortController();
  await distances.follow(without('lb-2'), signal);
  expect([...proxies]).toEqual(['west-lb-1-8080', 'west-db-1-5432']);

  told = [];
  await distances.follow(placement, signal);
  expect(told).toEqual(['POST east-lb-2-8080', 'POST east-lb-2-8080/toxics']);

  told = [];
  await distances.follow(placement, signal);
  expect(told).toEqual([]);

  await distances.follow(without('db-1'), signal);
  expect(told).toEqual(['DELETE west-db-1-5432']);
  // One that is gone already is no error.
  proxies.delete('west-lb-1-8080');
  await distances.follow({ ...placement, hosts: [] }, signal);
  expect([...proxies]).toEqual([]);
});

it('a proxy that could not be made whole is made anew', async () => {
  const distances = new Distances(placement.labAddress);
  const { signal } = new AbortController();
  proxies.add('west-lb-1-8080');
  await expect(distances.follow(placement, signal)).rejects.toThrow('toxiproxy refused POST /proxies');
  await distances.follow(placement, signal);
  expect([...proxies].sort()).toEqual(['east-lb-2-8080', 'west-db-1-5432', 'west-lb-1-8080']);
});
