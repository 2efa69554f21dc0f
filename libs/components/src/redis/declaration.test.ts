import { describe, expect, it } from '@jest/globals';
import {
  applyLive,
  applySettings,
  liveSettings,
  tiersServing,
  SettingError,
  validate,
  type Tier,
  type Topology,
} from '@loadstair/topology';
import { declarations } from '../declarations.ts';
import { cacheSettings, entryBytes } from './declaration.ts';

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
  tiers: [tier('web', ['site']), tier('cache', ['redis'], { redis: { ttl: 60 } }), tier('db', ['postgres'])],
  links: [
    { from: 'clients', to: 'web', role: 'http' },
    { from: 'web', to: 'cache', role: 'cache' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
};
const cacheOf = (of: Topology): Tier => tiersServing(of, 'cache')[0] as Tier;

describe('a cache tier', () => {
  it('is one that a link of its role leads to: others have no entries that may be lost', () => {
    const sessions: Topology = {
      ...topology,
      links: topology.links.map((one) => (one.role === 'cache' ? { ...one, role: 'sessions' } : one)),
    };
    expect(cacheOf(topology).name).toBe('cache');
    expect(tiersServing(sessions, 'cache')).toEqual([]);
    expect(() => applySettings(sessions, ['cache.ttl=5'], declarations)).toThrow(/unknown key ttl/);
    expect(applySettings(sessions, ['cache.maxmemory=5'], declarations).tiers[1]?.settings).toMatchObject({ redis: { maxmemory: 5 } });
  });

  it.each([
    ['cache.ttl=2.5', { ttl: 2.5 }],
    ['cache.ttl=300s', { ttl: 300 }],
    ['cache.jitter=20%', { jitter: 20 }],
    ['cache.expiry=idle', { expiry: 'idle' }],
    ['cache.strategy=write-through', { strategy: 'write-through' }],
    ['cache.strategy=read-through', { strategy: 'read-through' }],
    ['cache.strategy=write-behind', { strategy: 'write-behind' }],
    ['cache.flush=4s', { flush: 4 }],
    ['cache.invalidate=off', { invalidate: 'off' }],
    ['cache.stampede=early-refresh', { stampede: 'early-refresh' }],
    ['cache.policy=volatile-ttl', { policy: 'volatile-ttl' }],
    ['cache.through=off', { through: 'off' }],
  ])('takes %s', (setting, settings) => {
    expect(cacheSettings(cacheOf(applySettings(topology, [setting], declarations)))).toMatchObject(settings);
  });

  it.each([
    ['cache.policy=fifo', /policy \(which entry is evicted when memory is full\) must be one of allkeys-lru, allkeys-lfu, volatile-ttl/],
    ['cache.ttl=0', /0\.1 to 86400 s/],
    ['web.ttl=1', /unknown key ttl/],
    ['cache.maxmemory=192', /would keep 240 MiB of entries, but at most 192 of their 256 MiB/],
  ])('does not take %s', (setting, why) => {
    expect(() => applySettings(topology, [setting], declarations)).toThrow(why);
  });

  it('has more memory for entries than is thought to be enough', () => {
    const set = applySettings(topology, ['cache.maxmemory=20', 'cache.overprovision=50'], declarations);
    expect(entryBytes(cacheOf(set))).toBe(30 * 2 ** 20);
    expect(validate(set, declarations)).toEqual([]);
  });
});

describe('a site that runs', () => {
  it('takes what its caches take, and gives it back', () => {
    const before = liveSettings(topology, declarations);
    const changed = applyLive(topology, ['cache.ttl=1', 'cache.policy=allkeys-lfu'], declarations);
    expect(cacheSettings(cacheOf(changed))).toMatchObject({ ttl: 1, policy: 'allkeys-lfu' });
    expect(before).toContain('cache.ttl=60');
    expect(cacheSettings(cacheOf(applyLive(changed, before, declarations)))).toMatchObject({ ttl: 60 });
  });

  it.each(['web.pool=5', 'cache.count=3', 'cache.memory=256'])('does not take %s', (setting) => {
    expect(() => applyLive(topology, [setting], declarations)).toThrow(SettingError);
    expect(() => applyLive(topology, [setting], declarations)).toThrow(/cannot be changed while the site runs/);
  });
});
