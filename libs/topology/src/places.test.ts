import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diff, diffLines } from './diff.ts';
import { isDown } from './edge.ts';
import { addName, addPlace, addTier, evolve, link } from './evolve.ts';
import { FILES_NAME, namesOf, resolve, SITE_NAME, siteHost } from './names.ts';
import { placeTopology } from './place.ts';
import { addressFrom, askedFrom, distanceTo, longestDistance, longWays, placesOf, turnsOfUsers, userPlaces } from './places.ts';
import { applySettings, SettingError } from './settings.ts';
import type { PlacedHost } from './placement.ts';
import { components } from './testing/components.ts';
import type { DnsPolicy, Place, Tier, Topology } from './topology.ts';
import { validate } from './validate.ts';

const tier = (name: string, components: Tier['components'], more: Partial<Tier> = {}): Tier => ({
  name,
  count: 1,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: false,
  ...more,
});
const near: Topology = {
  stage: 5,
  slug: 'near',
  title: '',
  tiers: [tier('lb', ['haproxy'], { public: true }), tier('web', ['site']), tier('db', ['postgres'])],
  links: [
    { from: 'clients', to: 'lb', role: 'http' },
    { from: 'lb', to: 'web', role: 'http' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
};
const NEAREST: DnsPolicy = { kind: 'nearest', ttlS: 60, checked: false };
const edges = evolve(
  near,
  { stage: 6, slug: 'edges', title: '' },
  addPlace({ name: 'west', kind: 'edge location', users: 0.5 }, { east: 60 }),
  addTier(tier('edge', ['varnish'], { count: 2, public: true, places: ['east', 'west'] }), 'lb'),
  link('clients', 'edge', 'http'),
  link('edge', 'lb', 'http'),
  addName(FILES_NAME, ['edge'], NEAREST),
);
/** Everything of a site in two places, with a database that follows the other's. */
const twice = evolve(
  near,
  { stage: 11, slug: 'twice', title: '' },
  addPlace({ name: 'west', kind: 'data centre', users: 0.3 }, { east: 60 }),
  (topology) => ({ ...topology, tiers: topology.tiers.map((one) => ({ ...one, count: 2, places: ['east', 'west'] })) }),
  addTier(tier('db-replica', ['postgres'], { places: ['west'] })),
  link('db-replica', 'db', 'wal'),
);
const place = (topology: Topology, ...set: string[]) =>
  placeTopology(applySettings(topology, set, components), { instance: 7, labFolder: '/lab' });
const hostOf = (placement: ReturnType<typeof place>, name: string): PlacedHost =>
  placement.hosts.find((host) => host.name === name) as PlacedHost;
const asked = (placement: ReturnType<typeof place>, name: string, from: string): readonly string[] | undefined =>
  resolve(placement, name, { place: from, draw: 0 }, () => true)?.addresses;

describe('places', () => {
  it('have the hosts of a tier in turn; all others are in the first', () => {
    expect(place(edges, 'edge.count=3').hosts.map((host) => `${host.name} ${host.place} ${host.address}`)).toEqual([
      'edge-1 east 127.7.0.1',
      'edge-2 west 127.7.1.2',
      'edge-3 east 127.7.0.3',
      'lb-1 east 127.7.0.4',
      'web-1 east 127.7.0.5',
      'db-1 east 127.7.0.6',
    ]);
    expect(siteHost(place(edges))?.name).toBe('lb-1');
  });

  it('share the users: those of a new one come from all others alike', () => {
    expect(placesOf(near)).toMatchObject([{ name: 'east', users: 1 }]);
    const three = addPlace({ name: 'south', kind: 'edge location', users: 0.2 }, { east: 10, west: 70 })(edges);
    expect(placesOf(three).map(({ users }) => users)).toEqual([0.4, 0.4, 0.2]);
    expect(validate(three, components)).toEqual([]);
  });

  it('are told by validation when they do not fit', () => {
    const [east, west] = placesOf(edges) as [Place, Place];
    expect(validate(edges, components)).toEqual([]);
    expect(validate({ ...edges, places: [east, { ...west, users: 0.7 }] }, components)[0]).toContain('add up to 1.2');
    expect(validate({ ...edges, distances: [] }, components)).toContain('The distance between east and west is not given.');
    expect(validate({ ...edges, places: [{ ...east, users: 1 }], distances: [] }, components)).toContain(
      'Tier edge is in west, which is not a place.',
    );
    const failover = { name: SITE_NAME, tiers: ['web'], policy: { kind: 'failover', ttlS: 5, order: ['north'] } } as const;
    expect(validate({ ...edges, names: [failover] }, components)).toEqual([
      'photos.lab stands for web, which is not a public tier.',
      'photos.lab is answered with hosts in north, which is not a place.',
    ]);
  });

  it('stand in the difference of two stages', () => {
    expect(diffLines(diff(near, edges, components)).slice(1, 5)).toEqual([
      '  + place west   edge location, 50 % of the users, 60 ms from east',
      '  ~ place east   users 100 % → 50 %',
      '  + name cdn.photos.lab   edge, nearest, kept 60 s',
      '  + tier edge   2 hosts, varnish, 1 lab CPU, 256 MiB',
    ]);
  });
});

describe('users', () => {
  it('come in turn by their place’s share', () => {
    expect(turnsOfUsers(near)).toEqual(['east']);
    expect(turnsOfUsers(edges)).toEqual(['east', 'west']);
    const turns = turnsOfUsers(twice);
    expect(turns).toHaveLength(10);
    expect(turns.filter((name) => name === 'west')).toHaveLength(3);
    // Spread, and not the three of them one after another.
    expect(turns.join(' ')).not.toContain('west west');
    expect(
      userPlaces({
        places: [
          { name: 'a', kind: 'data centre', users: 0 },
          { name: 'b', kind: 'edge location', users: 1 },
        ],
      }),
    ).toEqual(['b']);
  });

  it('are as many as their share, whatever the shares', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), (percent) => {
        const places = [percent, 100 - percent].map((users, index) => ({
          name: `p${index}`,
          kind: 'data centre' as const,
          users: users / 100,
        }));
        const turns = turnsOfUsers({ places });
        expect((100 * turns.filter((name) => name === 'p0').length) / turns.length).toBeCloseTo(percent, 6);
      }),
    );
  });
});

describe('distance', () => {
  it('is that of two places: a database is near to one web server and far from the other', () => {
    const placement = place(twice);
    const db = hostOf(placement, 'db-1');
    expect(['east', 'west'].map((from) => distanceTo(twice, from, db))).toEqual([0, 60]);
    expect(['east', 'west'].map((from) => addressFrom(placement, from, db))).toEqual([db.address, `127.7.11.${db.number}`]);
    expect(longestDistance(twice, db.tierSpec)).toBe(60);
  });

  it('has a way for each place somebody asks from, and for no other', () => {
    expect(longWays(place(edges)).map(({ from, host, ms }) => `${from} ${host.name} ${ms}`)).toEqual([
      'west edge-1 60',
      'east edge-2 60',
      'west lb-1 60',
    ]);
    // Databases of one group ask each other in both directions: any may be the primary.
    expect(askedFrom(twice, 'db-replica')).toEqual(['east', 'west']);
    expect(longWays(place(twice)).map(({ from, host }) => `${from} ${host.name}`)).toContain('east db-replica-1');
  });

  it('of a tier stands instead: from all who ask it, or from those of other places', () => {
    const slow = place(near, 'db.distance=10', 'lb.distance=20');
    expect(longWays(slow).map(({ from, host, ms }) => `${from} ${host.name} ${ms}`)).toEqual(['east lb-1 20', 'east db-1 10']);
    expect(addressFrom(slow, 'east', hostOf(slow, 'db-1'))).toBe('127.7.10.3');
    const wide = place(edges, 'lb.distance=100', 'edge.distance=0', 'web.distance=5');
    expect(longWays(wide).map(({ from, host, ms }) => `${from} ${host.name} ${ms}`)).toEqual(['west lb-1 100', 'east web-1 5']);
  });
});

it('a topology of a run before there were places has one, and its distances are those of its tiers', () => {
  const kept: Topology = {
    ...near,
    tiers: [
      tier('edge', ['varnish'], { count: 2, public: true, distanceMs: 60 }),
      ...near.tiers.map((one) => ({ ...one, distanceMs: one.name === 'lb' ? 60 : 0 })),
    ],
    links: [...near.links, { from: 'clients', to: 'edge', role: 'http' }, { from: 'edge', to: 'lb', role: 'http' }],
  };
  expect(validate(kept, components)).toEqual([]);
  expect(kept.tiers.map((one) => longestDistance(kept, one))).toEqual([60, 60, 0, 0]);
  expect(placeTopology(kept, { instance: 7, labFolder: '/lab' }).hosts.every((host) => host.place === 'east')).toBe(true);
  expect(diffLines(diff(kept, edges, components))).toContain('  + place west   edge location, 50 % of the users, 60 ms from east');
});

describe('names', () => {
  it('stand for the nearest hosts, by the way from where the asker is', () => {
    const placement = place(edges);
    expect(asked(placement, FILES_NAME, 'east')).toEqual(['127.7.100.1']);
    expect(asked(placement, FILES_NAME, 'west')).toEqual(['127.7.101.2']);
    expect(asked(placement, SITE_NAME, 'east')).toEqual(['127.7.100.3']);
    expect(asked(placement, SITE_NAME, 'west')).toEqual(['127.7.11.3']);
    expect(asked(placement, 'other.lab', 'east')).toBeUndefined();
    expect(asked(place(near), FILES_NAME, 'east')).toBeUndefined();
  });

  it('stand for hosts of another place where there is none near', () => {
    expect(asked(place(edges, 'edge.count=1'), FILES_NAME, 'west')).toEqual(['127.7.11.1']);
  });

  it('follow the policy and the health of hosts', () => {
    const failover = addName(SITE_NAME, ['lb'], { kind: 'failover', ttlS: 5, order: ['east', 'west'] })(twice);
    expect(namesOf(failover)).toHaveLength(1);
    const placement = place(failover);
    const from = (dead: string) => resolve(placement, SITE_NAME, { place: 'west', draw: 0 }, ({ name }) => name !== dead);
    expect(from('')).toEqual({ addresses: ['127.7.11.1'], ttlS: 5 });
    expect(from('lb-1')).toEqual({ addresses: ['127.7.101.2'], ttlS: 5 });
  });

  it('of the site: all public tiers without another name', () => {
    expect(namesOf(near)).toEqual([{ name: SITE_NAME, tiers: ['lb'], policy: NEAREST }]);
    expect(namesOf(edges).map(({ name, tiers }) => `${name} ${tiers.join()}`)).toEqual(['photos.lab lb', 'cdn.photos.lab edge']);
  });
});

it('a place whose edges are down is a setting of edges only, and of no place they do not stand in', () => {
  expect(
    place(edges, 'edge.count=3', 'edge.down=east')
      .hosts.filter((host) => isDown(host, components))
      .map(({ name }) => name),
  ).toEqual(['edge-1', 'edge-3']);
  expect(place(edges).hosts.filter((host) => isDown(host, components))).toEqual([]);
  expect(() => applySettings(edges, ['edge.down=north'], components)).toThrow(/not allowed/);
  expect(() => applySettings(edges, ['web.down=west'], components)).toThrow(SettingError);
});
