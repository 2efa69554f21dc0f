import { describe, expect, it } from '@jest/globals';
import { cacheProblems, cacheSettings, cacheTier, entryBytes } from './cache.ts';
import { applyLive, applySettings, liveSettings, SettingError } from './settings.ts';
import type { Tier, Topology } from './topology.ts';

const tier = (name: string, components: Tier['components'], settings: Tier['settings'] = {}): Tier => ({
  name,
  count: 2,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings,
  public: name === 'web',
  distanceMs: 0,
});
const topology: Topology = {
  stage: 5,
  slug: '',
  title: '',
  tiers: [tier('web', ['site']), tier('cache', ['redis'], { ttl: 60 }), tier('db', ['postgres'])],
  links: [
    { from: 'clients', to: 'web', protocol: 'http' },
    { from: 'web', to: 'cache', protocol: 'cache' },
    { from: 'web', to: 'db', protocol: 'sql' },
  ],
};
const cacheOf = (of: Topology): Tier => cacheTier(of) as Tier;

describe('a cache tier', () => {
  it('is the one that a link of its protocol leads to', () => {
    expect(cacheOf(topology).name).toBe('cache');
    expect(cacheTier({ ...topology, links: topology.links.filter(({ protocol }) => protocol !== 'cache') })).toBeNull();
  });

  it.each([
    ['cache.ttl=2.5', { ttl: 2.5 }],
    ['cache.ttl=300s', { ttl: 300 }],
    ['cache.jitter=20%', { jitter: 20 }],
    ['cache.invalidate=off', { invalidate: 'off' }],
    ['cache.stampede=early-refresh', { stampede: 'early-refresh' }],
    ['cache.policy=volatile-ttl', { policy: 'volatile-ttl' }],
    ['cache.through=off', { through: 'off' }],
  ])('takes %s', (setting, settings) => {
    expect(cacheSettings(cacheOf(applySettings(topology, [setting])))).toMatchObject(settings);
  });

  it.each([
    ['cache.policy=fifo', /policy is which entry goes when memory is full: allkeys-lru, allkeys-lfu, volatile-ttl/],
    ['cache.ttl=0', /0\.1 to 86400 s/],
    ['web.ttl=1', /unknown key ttl/],
    ['cache.maxmemory=192', /keep 240 MiB of entries; of 256 MiB at most 192/],
  ])('does not take %s', (setting, why) => {
    expect(() => applySettings(topology, [setting])).toThrow(why);
  });

  it('has more memory for entries than is thought to be enough', () => {
    const set = applySettings(topology, ['cache.maxmemory=20', 'cache.overprovision=50']);
    expect(entryBytes(cacheOf(set))).toBe(30 * 2 ** 20);
    expect(cacheProblems(set)).toEqual([]);
  });
});

describe('a site that runs', () => {
  it('takes what its caches take, and gives it back', () => {
    const before = liveSettings(topology);
    const changed = applyLive(topology, ['cache.ttl=1', 'cache.policy=allkeys-lfu']);
    expect(cacheSettings(cacheOf(changed))).toMatchObject({ ttl: 1, policy: 'allkeys-lfu' });
    expect(before).toContain('cache.ttl=60');
    expect(cacheSettings(cacheOf(applyLive(changed, before)))).toMatchObject({ ttl: 60 });
  });

  it.each(['web.pool=5', 'cache.count=3', 'cache.memory=256'])('does not take %s', (setting) => {
    expect(() => applyLive(topology, [setting])).toThrow(SettingError);
    expect(() => applyLive(topology, [setting])).toThrow(/cannot be changed while the site runs/);
  });
});
