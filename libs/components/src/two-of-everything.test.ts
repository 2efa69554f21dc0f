import { describe, expect, it } from '@jest/globals';
import { placeTopology, tiersServing, validate, type PlacedHost, type Tier, type Topology } from '@loadstair/topology';
import { declarations } from './declarations.ts';
import { haproxyConfig } from './haproxy/config.ts';
import { liveDirectives } from './redis/config.ts';
import { redis } from './redis/redis.ts';
import { sitePlanOf } from './site/plan.ts';
import { originOf } from './varnish/config.ts';

const tier = (name: string, component: string, change: Partial<Tier> = {}): Tier => ({
  name,
  count: 2,
  cpu: 0.5,
  memoryMiB: 256,
  components: [component],
  settings: {},
  public: false,
  distanceMs: 0,
  ...change,
});
const half = (side: string): Tier[] => [
  tier(`edge-${side}`, 'varnish', { public: true }),
  tier(`lb-${side}`, 'haproxy', { public: true, count: 1, settings: { haproxy: { maxconn: 7 } } }),
  tier(`web-${side}`, 'site'),
  tier(`cache-${side}`, 'redis', { settings: { redis: { maxmemory: 10, policy: 'allkeys-lfu', ttl: 5 } } }),
];
const linksOf = (side: string): Topology['links'] =>
  [
    ['clients', `lb-${side}`, 'http'],
    [`edge-${side}`, `lb-${side}`, 'http'],
    [`lb-${side}`, `web-${side}`, 'http'],
    [`web-${side}`, `cache-${side}`, 'cache'],
    [`web-${side}`, 'sessions', 'sessions'],
    [`web-${side}`, 'db', 'sql'],
  ].map(([from = '', to = '', role = '']) => ({ from, to, role }));

/** Two balancers, each with web servers and caches of its own, and one store of sessions for all of them. */
const topology: Topology = {
  stage: 12,
  slug: 'two',
  title: 'Two of everything',
  tiers: [
    ...half('left'),
    ...half('right'),
    tier('sessions', 'redis', { settings: { redis: { maxmemory: 20 } } }),
    tier('db', 'postgres', { count: 1 }),
  ],
  links: [...linksOf('left'), ...linksOf('right')],
};
const placement = placeTopology(topology, { instance: 7, labFolder: '/lab' });
const host = (name: string): PlacedHost => placement.hosts.find((one) => one.name === name) as PlacedHost;
const addresses = (...names: string[]): string[] => names.map((name) => host(name).address);

describe('two of everything', () => {
  it('is a topology that can be run', () => {
    expect(validate(topology, declarations)).toEqual([]);
  });

  it.each(['left', 'right'])('a balancer spreads over the web servers its links lead to: %s', (side) => {
    const config = haproxyConfig(host(`lb-${side}-1`), placement, '/run/admin.sock', '-token');
    const servers = [...config.matchAll(/server s\d+ (127\.7\.\S+):8080 .*maxconn 7$/gm)].map(([, address]) => address);
    expect(servers).toEqual(addresses(`web-${side}-1`, `web-${side}-2`));
  });

  it.each(['left', 'right'])('a web server reads through the caches its links lead to, and takes no sessions for one: %s', (side) => {
    const { caches } = sitePlanOf(host(`web-${side}-1`), placement, { database: '', cache: 'sesame' });
    expect(caches?.servers.map(({ address }) => address)).toEqual(addresses(`cache-${side}-1`, `cache-${side}-2`));
    expect(caches?.ttlMs).toBe(5000);
  });

  it('an edge fetches from the balancer its link leads to', () => {
    expect([originOf(host('edge-left-1'), placement), originOf(host('edge-right-1'), placement)]).toEqual([
      host('lb-left-1').publicAddress,
      host('lb-right-1').publicAddress,
    ]);
  });

  it('a cache throws entries out when it is full, and a store of sessions does not', () => {
    expect(liveDirectives(host('cache-left-1'), placement)['maxmemory-policy']).toBe('allkeys-lfu');
    expect(liveDirectives(host('sessions-1'), placement)['maxmemory-policy']).toBe('noeviction');
  });

  it('a server has room for the connections of those who talk to it, and of nobody else', () => {
    const bytes = (name: string): number => Number(liveDirectives(host(name), placement, 0)['maxmemory']);
    // 10 MiB and a quarter for entries, 20 and a quarter; two web servers and the lab, four and the lab.
    expect([bytes('cache-right-1'), bytes('sessions-1')]).toEqual([12.5 * 2 ** 20 + 3 * 32 * 1024, 25 * 2 ** 20 + 5 * 32 * 1024]);
  });

  it('a hit ratio is a resource of caches only', () => {
    const kinds = (name: string): string[] => redis.metrics.resources(host(name), placement).map(({ kind }) => kind);
    expect([kinds('cache-left-1'), kinds('sessions-1')]).toEqual([['hit-ratio'], []]);
    expect(tiersServing(topology, 'cache').map(({ name }) => name)).toEqual(['cache-left', 'cache-right']);
  });
});
