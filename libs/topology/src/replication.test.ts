import { describe, expect, it } from '@jest/globals';
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
import type { Tier, Topology } from './topology.ts';

const tier = (name: string, components: Tier['components'], count = 1): Tier => ({
  name,
  count,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: name === 'web',
  distanceMs: 0,
});
const alone: Topology = {
  stage: 2,
  slug: 'alone',
  title: 'Alone',
  tiers: [tier('web', ['site']), tier('db', ['postgres'])],
  links: [
    { from: 'clients', to: 'web', role: 'http' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
};
const followed: Topology = {
  ...alone,
  tiers: [...alone.tiers, tier('db-replica', ['postgres'], 2)],
  links: [...alone.links, { from: 'web', to: 'db-replica', role: 'sql' }, { from: 'db-replica', to: 'db', role: 'wal' }],
};
const where = { instance: 7, labFolder: '/lab' };

describe('who follows whom', () => {
  it('is told by the link of the log', () => {
    expect(databaseGroups(alone)).toEqual([{ name: 'db', followers: [] }]);
    expect(databaseGroups(followed)).toEqual([{ name: 'db', followers: ['db-replica'] }]);
    expect(groupsQueriedBy(followed, 'web')).toEqual(databaseGroups(followed));
    expect(followed.tiers.map((one) => [isReplica(followed, one), isReplicated(followed, one)])).toEqual([
      [false, false],
      [false, true],
      [true, false],
    ]);
  });

  it('changes when another host is promoted: then the old primary follows too', () => {
    const placement = placeTopology(followed, where);
    expect(primaryOf(placement, 'db').name).toBe('db-1');
    expect(replicasOf(placement, 'db').map((host) => host.name)).toEqual(['db-replica-1', 'db-replica-2']);
    const promoted = { ...placement, primaries: { db: 'db-replica-2' } };
    expect(primaryOf(promoted, 'db').name).toBe('db-replica-2');
    expect(replicasOf(promoted, 'db').map((host) => host.name)).toEqual(['db-1', 'db-replica-1']);
    expect(primaryOf(placeTopology(alone, where), 'db').name).toBe('db-1');
    const parts = (now: typeof placement): string[] => now.hosts.map((host) => `${host.name} ${tierByRole(now, host)}`);
    expect(parts(placement)).toEqual(placement.hosts.map(({ name, tier }) => `${name} ${tier}`));
    expect(parts(promoted).filter((part) => part.startsWith('db'))).toEqual([
      'db-1 db-replica',
      'db-replica-1 db-replica',
      'db-replica-2 db',
    ]);
  });
});

describe('two groups of databases', () => {
  const both: Topology = {
    ...followed,
    tiers: [...followed.tiers, tier('orders-db', ['postgres']), tier('orders-replica', ['postgres'])],
    links: [...followed.links, { from: 'orders-replica', to: 'orders-db', role: 'wal' }],
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
