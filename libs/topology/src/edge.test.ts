import { describe, expect, it } from '@jest/globals';
import { edgeAddresses, isDown, originAddresses, regionOf, regionOfClient, siteHost } from './edge.ts';
import { placeTopology } from './place.ts';
import type { PlacedHost } from './placement.ts';
import { applySettings, SettingError } from './settings.ts';
import type { Tier, Topology } from './topology.ts';

const tier = (name: string, components: Tier['components'], more: Partial<Tier> = {}): Tier => ({
  name,
  count: 1,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: false,
  distanceMs: 0,
  ...more,
});
const topology: Topology = {
  stage: 6,
  slug: '',
  title: '',
  tiers: [
    tier('edge', ['varnish'], { count: 2, public: true, distanceMs: 60 }),
    tier('lb', ['haproxy'], { public: true, distanceMs: 60 }),
    tier('web', ['site']),
  ],
  links: [{ from: 'clients', to: 'lb', protocol: 'http' }],
};
const place = (...set: string[]) => placeTopology(applySettings(topology, set), { instance: 7, labFolder: '/lab' });

describe('regions', () => {
  it('have an edge each, in turn; the site is in the first', () => {
    expect(place('edge.count=3').hosts.map((host) => `${host.name} ${regionOf(host)}`)).toEqual([
      'edge-1 east',
      'edge-2 west',
      'edge-3 east',
      'lb-1 east',
      'web-1 east',
    ]);
    expect(siteHost(place())?.name).toBe('lb-1');
  });

  it('reach the nearest edge at its own address, and what is in another region at the end of the way there', () => {
    const placement = place();
    expect(edgeAddresses(placement, 'east')).toEqual(['127.7.100.1']);
    expect(edgeAddresses(placement, 'west')).toEqual(['127.7.100.2']);
    expect(originAddresses(placement, 'east')).toEqual(['127.7.100.3']);
    expect(originAddresses(placement, 'west')).toEqual(['127.7.10.3']);
  });

  it('without an edge of their own reach the other’s, far away', () => {
    expect(edgeAddresses(place('edge.count=1'), 'west')).toEqual(['127.7.10.1']);
  });

  it('of clients follow from their addresses', () => {
    const { clientPrefix } = place();
    const region = (address: string) => regionOfClient({ clientPrefix }, address);
    expect([region('127.7.200.3'), region('127.7.200.64'), region('127.7.200.127'), region('127.7.200.128')]).toEqual([
      'east',
      'west',
      'west',
      'east',
    ]);
    expect(region('127.8.200.70')).toBe('east');
  });

  it('are one where there are no edges: a public tier is as far from all clients', () => {
    const without = placeTopology({ ...topology, tiers: topology.tiers.slice(1) }, { instance: 7, labFolder: '/lab' });
    expect(originAddresses(without, 'east')).toEqual([(without.hosts[0] as PlacedHost).reachedAt]);
  });
});

it('edges take a time to live, likes and when to keep; other tiers do not', () => {
  const [edge] = applySettings(topology, ['edge.ttl=5', 'edge.likes=4', 'edge.keep=second', 'lb.sticky=source']).tiers;
  expect(edge?.settings).toEqual({ ttl: 5, likes: 4, keep: 'second' });
  expect(() => applySettings(topology, ['web.ttl=5'])).toThrow(SettingError);
  expect(() => applySettings(topology, ['edge.keep=third'])).toThrow(/not allowed/);
});

it('a region whose edges are down is a setting of edges only, and of no other region', () => {
  expect(
    place('edge.count=3', 'edge.down=east')
      .hosts.filter(isDown)
      .map(({ name }) => name),
  ).toEqual(['edge-1', 'edge-3']);
  expect(place().hosts.filter(isDown)).toEqual([]);
  expect(() => applySettings(topology, ['edge.down=north'])).toThrow(/not allowed/);
  expect(() => applySettings(topology, ['web.down=west'])).toThrow(SettingError);
});
