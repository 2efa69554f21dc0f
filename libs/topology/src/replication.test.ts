import { describe, expect, it } from '@jest/globals';
import { diff, diffLines } from './diff.ts';
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
import { applySettings, SettingError } from './settings.ts';
import type { Tier, Topology } from './topology.ts';
import { validate } from './validate.ts';

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
    { from: 'clients', to: 'web', protocol: 'http' },
    { from: 'web', to: 'db', protocol: 'sql' },
  ],
};
const followed: Topology = {
  ...alone,
  tiers: [...alone.tiers, tier('db-replica', ['postgres'], 2)],
  links: [...alone.links, { from: 'web', to: 'db-replica', protocol: 'sql' }, { from: 'db-replica', to: 'db', protocol: 'wal' }],
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
    links: [...followed.links, { from: 'orders-replica', to: 'orders-db', protocol: 'wal' }],
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

describe('settings of replication', () => {
  it('are words and numbers, where they mean something', () => {
    const changed = applySettings(followed, ['web.consistency=wait-for-lsn', 'db.sync=1', 'db-replica.delay=500ms']);
    expect(changed.tiers.map((one) => one.settings)).toEqual([{ consistency: 'wait-for-lsn' }, { sync: 1 }, { delay: 500 }]);
    expect(diffLines(diff(followed, changed)).slice(1)).toEqual([
      '  ~ tier web   consistency none → wait-for-lsn',
      '  ~ tier db   sync none → 1',
      '  ~ tier db-replica   delay none → 500',
    ]);
  });

  it.each([
    [followed, 'web.consistency=wait', 'none, after-write-primary, wait-for-lsn'],
    [followed, 'db.delay=5', 'unknown key delay'],
    [followed, 'db-replica.sync=1', 'unknown key sync'],
    [followed, 'db-replica.lock=5', 'unknown key lock'],
    [alone, 'web.consistency=none', 'unknown key consistency'],
    [alone, 'db.sync=1', 'unknown key sync'],
    [followed, 'db.sync=3', 'no commit would ever be answered'],
  ])('%# refuses %s', (topology, setting, says) => {
    try {
      applySettings(topology, [setting]);
      throw new Error('nothing was thrown');
    } catch (error) {
      expect(error).toBeInstanceOf(SettingError);
      const { what, why } = error as SettingError;
      expect(`${what} ${why}`).toContain(says);
    }
  });

  it('leave a topology valid', () => {
    expect(validate(applySettings(followed, ['db.sync=2', 'web.consistency=none']))).toEqual([]);
  });
});
