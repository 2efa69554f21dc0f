import { describe, expect, it } from '@jest/globals';
import { placeTopology, type PlacedHost, type Tier, type Topology } from '@loadstair/topology';
import { liveDirectives, redisConfig } from './config.ts';
import { cacheState, emptyBytes } from './readings.ts';

const tier = (name: string, components: Tier['components'], count: number): Tier => ({
  name,
  count,
  cpu: 1,
  memoryMiB: 128,
  components,
  settings: components[0] === 'redis' ? { redis: { maxmemory: 10, overprovision: 50, policy: 'allkeys-lfu' } } : {},
  public: false,
  distanceMs: 0,
});
const topology: Topology = {
  stage: 5,
  slug: '',
  title: '',
  tiers: [tier('web', ['site'], 3), tier('cache', ['redis'], 2)],
  links: [{ from: 'web', to: 'cache', role: 'cache' }],
};
const placement = placeTopology(topology, { instance: 7, labFolder: '/lab' });
const cache = placement.hosts.find((host) => host.name === 'cache-2') as PlacedHost;

describe('a cache server', () => {
  it('has memory for its entries beside what it and its connections need, and the policy it is given', () => {
    expect(liveDirectives(cache, placement, 900_000)).toEqual({
      // Three web servers and the lab.
      maxmemory: String(900_000 + 4 * 32 * 1024 + 15 * 2 ** 20),
      'maxmemory-policy': 'allkeys-lfu',
    });
  });

  const files = { socket: '/run/loadstair/7/cache-2/redis.sock', workFolder: `/srv/anna's "lab"/work` };
  const text = redisConfig(cache, placement, files, { cache: 'sesame', cacheAdmin: 'open' });
  const lines = text.split('\n');

  it('listens on its own address and a local socket, and writes nothing to disk', () => {
    for (const line of [`bind ${cache.address}`, 'port 6379', `unixsocket "${files.socket}"`, 'save ""', 'appendonly no'])
      expect(lines).toContain(line);
  });

  it('takes any path', () => {
    expect(lines).toContain(String.raw`dir "/srv/anna's \"lab\"/work"`);
  });

  it('lets nobody in without a password, the site to what is cached only, and keeps no password in its file', () => {
    expect(lines).toContain('user default off');
    expect(lines.find((line) => line.startsWith('user site '))).toMatch(/on #[0-9a-f]{64} .*-@admin -@dangerous/);
    expect(text).not.toMatch(/sesame|open/);
  });
});

describe('an answer to INFO', () => {
  const info = [
    '# Memory',
    'used_memory:1359272',
    'used_memory_startup:876544',
    'maxmemory:1387373',
    '# Stats',
    'total_commands_processed:4711',
    'expired_keys:12',
    'evicted_keys:34',
    '# Keyspace',
    'db0:keys=306,expires=306,avg_ttl=41000',
  ].join('\r\n');

  it('tells what is kept and what went', () => {
    expect(cacheState(info)).toEqual({
      usedBytes: 1_359_272,
      mostBytes: 1_387_373,
      entries: 306,
      evicted: 34,
      expired: 12,
      commands: 4711,
    });
    expect(emptyBytes(info)).toBe(876_544);
  });

  it('of a server that keeps nothing has no entries', () => {
    expect(cacheState(info.replace(/db0.*/, ''))).toMatchObject({ entries: 0 });
  });
});
