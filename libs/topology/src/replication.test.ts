import { describe, expect, it } from '@jest/globals';
import { evolve, link, splitTier } from './evolve.ts';
import { placeTopology } from './place.ts';
import {
  databaseGroups,
  groupsQueriedBy,
  isReplica,
  isReplicated,
  NoSuchGroup,
  primaryOf,
  replicasOf,
  roleOf,
  tierByRole,
} from './replication.ts';
import { ALONE, FOLLOWED, tier } from './testing/databases.ts';
import type { Topology } from './topology.ts';

const where = { instance: 7, labFolder: '/lab' };

describe('who follows whom', () => {
  it('is told by the link of the log', () => {
    expect(databaseGroups(ALONE)).toEqual([{ name: 'db', followers: [] }]);
    expect(databaseGroups(FOLLOWED)).toEqual([{ name: 'db', followers: ['db-replica'] }]);
    expect(groupsQueriedBy(FOLLOWED, 'web')).toEqual(databaseGroups(FOLLOWED));
    expect(FOLLOWED.tiers.map((one) => [isReplica(FOLLOWED, one), isReplicated(FOLLOWED, one)])).toEqual([
      [false, false],
      [false, true],
      [true, false],
    ]);
  });

  it('changes when another host is promoted: then the old primary follows too', () => {
    const placement = placeTopology(FOLLOWED, where);
    expect(primaryOf(placement, 'db').name).toBe('db-1');
    expect(replicasOf(placement, 'db').map((host) => host.name)).toEqual(['db-replica-1', 'db-replica-2']);
    const promoted = { ...placement, primaries: { db: 'db-replica-2' } };
    expect(primaryOf(promoted, 'db').name).toBe('db-replica-2');
    expect(replicasOf(promoted, 'db').map((host) => host.name)).toEqual(['db-1', 'db-replica-1']);
    expect(primaryOf(placeTopology(ALONE, where), 'db').name).toBe('db-1');
    const parts = (now: typeof placement): string[] => now.hosts.map((host) => `${host.name} ${tierByRole(now, host)}`);
    expect(parts(placement)).toEqual(placement.hosts.map(({ name, tier }) => `${name} ${tier}`));
    expect(parts(promoted).filter((part) => part.startsWith('db'))).toEqual([
      'db-1 db-replica',
      'db-replica-1 db-replica',
      'db-replica-2 db',
    ]);
  });
});

it('a group that only its own hosts query is told by the topology, until the tier is split', () => {
  const together: Topology = { ...ALONE, tiers: [tier('server', ['site', 'postgres'])], links: [], groups: ['server'] };
  expect(groupsQueriedBy(together, 'server')).toEqual([{ name: 'server', followers: [] }]);
  const apart = evolve(together, { stage: 2, slug: 'apart', title: '' }, splitTier('server', ALONE.tiers), link('web', 'db', 'sql'));
  expect(apart).not.toHaveProperty('groups');
  expect(databaseGroups(apart)).toEqual([{ name: 'db', followers: [] }]);
});

describe('two groups of databases', () => {
  const both: Topology = {
    ...FOLLOWED,
    tiers: [...FOLLOWED.tiers, tier('orders-db', ['postgres']), tier('orders-replica', ['postgres'])],
    links: [...FOLLOWED.links, { from: 'orders-replica', to: 'orders-db', role: 'wal' }],
  };
  const placement = placeTopology(both, where);

  it('each have a primary and replicas of their own', () => {
    expect(databaseGroups(both).map(({ name }) => name)).toEqual(['db', 'orders-db']);
    expect(replicasOf(placement, 'orders-db').map((host) => host.name)).toEqual(['orders-replica-1']);
    expect(() => primaryOf(placement, 'web')).toThrow(NoSuchGroup);
  });

  it('do not change when the other one fails over', () => {
    const promoted = { ...placement, primaries: { 'orders-db': 'orders-replica-1' } };
    expect(primaryOf(promoted, 'db').name).toBe('db-1');
    expect(promoted.hosts.map((host) => roleOf(promoted, host))).toEqual([null, 'primary', 'replica', 'replica', 'replica', 'primary']);
    expect(tierByRole(promoted, { name: 'orders-db-1', tier: 'orders-db' })).toBe('orders-replica');
  });

  it('are queried by those who have a link to them', () => {
    expect(groupsQueriedBy(both, 'web').map(({ name }) => name)).toEqual(['db']);
  });
});
