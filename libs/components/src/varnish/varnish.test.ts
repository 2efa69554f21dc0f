import { describe, expect, it } from '@jest/globals';
import { FILES_NAME, placeTopology, type PlacedHost, type Tier, type Topology } from '@loadstair/topology';
import { keptMiB, originOf, varnishConfig } from './config.ts';
import type { ComponentContext } from '../component.ts';
import { parseStats } from './stats.ts';
import { varnish } from './varnish.ts';

const tier = (name: string, components: Tier['components'], settings: Tier['settings'][string] = {}): Tier => ({
  name,
  count: components[0] === 'varnish' ? 2 : 1,
  cpu: 1,
  memoryMiB: 128,
  components,
  settings: { [components[0] as string]: settings },
  public: true,
  ...(components[0] === 'varnish' ? { places: ['east', 'west'] } : {}),
});
const topologyWith = (settings: Tier['settings'][string]): Topology => ({
  stage: 6,
  slug: '',
  title: '',
  tiers: [tier('edge', ['varnish'], settings), tier('lb', ['haproxy'])],
  links: [{ from: 'edge', to: 'lb', role: 'http' }],
  places: [
    { name: 'east', kind: 'data centre', users: 0.5 },
    { name: 'west', kind: 'edge location', users: 0.5 },
  ],
  distances: [{ between: ['east', 'west'], ms: 60 }],
  names: [{ name: FILES_NAME, tiers: ['edge'], policy: { kind: 'nearest', ttlS: 60, checked: false } }],
});
const place = (settings: Tier['settings'][string] = {}) => placeTopology(topologyWith(settings), { instance: 7, labFolder: '/lab' });

describe('an edge', () => {
  it('fetches from the site as it is reached from its place', () => {
    const placement = place();
    const [east, west] = placement.hosts as [PlacedHost, PlacedHost];
    expect([originOf(east, placement), originOf(west, placement)]).toEqual(['127.7.100.3', '127.7.11.3']);
    expect(keptMiB(east)).toBe(64);
  });

  it('that is down listens for no client, and can still be looked at', () => {
    const listens = (settings: Tier['settings'][string]): string[][] => {
      const placement = place(settings);
      return placement.hosts.slice(0, 2).map((host) => {
        const { args } = varnish.process({ host, placement, tools: {}, workFolder: '/w' } as unknown as ComponentContext);
        return args.flatMap((arg, index) => (args[index - 1] === '-a' ? [arg.replace(/=.*/, '')] : []));
      });
    };
    expect(listens({ down: 'west' })).toEqual([['files', 'control'], ['control']]);
    expect(listens({})).toEqual([
      ['files', 'control'],
      ['files', 'control'],
    ]);
  });

  it('purges for who has the token, at the private address only', () => {
    const placement = place();
    const config = varnishConfig(placement.hosts[0] as PlacedHost, placement, 'secret-7', 'edge-secret');
    const guarded = config.slice(config.indexOf('local.socket == "control"'), config.indexOf('# Clients may only read'));
    expect(guarded).toContain('req.http.x-purge-token != "secret-7"');
    expect(config.slice(config.indexOf('# Clients may only read'))).not.toMatch(/purge|ban/);
  });

  it('says who its client is, whatever the client says, and that an edge says so', () => {
    const placement = place();
    const config = varnishConfig(placement.hosts[0] as PlacedHost, placement, '', 'edge-secret');
    expect(config).toContain('set req.http.x-forwarded-for = client.ip;');
    expect(config).toContain('set req.http.x-edge-token = "edge-secret";');
  });

  it('keeps a file from its second request on only where it is told to', () => {
    for (const [keep, marks] of [
      ['first', false],
      ['second', true],
    ] as const) {
      const placement = place({ keep });
      expect(varnishConfig(placement.hosts[0] as PlacedHost, placement, '', '').includes('is_hitmiss')).toBe(marks);
    }
  });

  it('is read by its counters; what a version of Varnish does not have is 0', () => {
    const text = JSON.stringify({
      version: 1,
      counters: {
        'MAIN.cache_hit': { value: 90 },
        'MAIN.cache_miss': { value: 10 },
        'MAIN.s_resp_hdrbytes': { value: 5 },
        'MAIN.s_resp_bodybytes': { value: 500 },
        'SMA.kept.g_bytes': { value: 77 },
      },
    });
    expect(parseStats(text)).toEqual({ hits: 90, misses: 10, bytesOut: 505, objects: 0, storedBytes: 77, evicted: 0, failures: 0 });
  });
});
