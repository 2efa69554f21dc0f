import { describe, expect, it } from '@jest/globals';
import { applyLive, applySettings, placeTopology, type PlacedHost, type Placement, type Topology } from '@loadstair/topology';
import { declarations } from '../declarations.ts';
import { copyConnection, primaryConnection } from './config.ts';
import { withoutSlowWays, mayBeSlow, slowWayOf, slowWays } from './slow-ways.ts';

const hosts = { cpu: 1, memoryMiB: 512, components: ['postgres'], public: false } as const;
const topology: Topology = {
  stage: 4,
  slug: '',
  title: '',
  tiers: [
    { ...hosts, name: 'lb', count: 1, components: ['haproxy'], settings: {}, public: true },
    { ...hosts, name: 'db', count: 1, settings: {} },
    { ...hosts, name: 'db-replica', count: 2, settings: { postgres: { bandwidth: 0, transit: 0 } } },
  ],
  links: [
    { from: 'clients', to: 'lb', role: 'http' },
    { from: 'db-replica', to: 'db', role: 'wal' },
  ],
};
const place = (...settings: readonly string[]): Placement =>
  placeTopology(applySettings(topology, settings, declarations), { instance: 7, labFolder: '/lab' });
const hostOf = ({ hosts: all }: Placement, name: string): PlacedHost => all.find((one) => one.name === name) as PlacedHost;
const narrow = place('db-replica.bandwidth=32');

describe('a slow way', () => {
  it('leads from each replica to the primary, at an address of the primary and a port of the replica', () => {
    expect(slowWays(narrow).map(({ follower, primary, ...way }) => [follower.name, primary.name, way])).toEqual([
      [
        'db-replica-1',
        'db-1',
        { kibPerS: 32, transitMs: 0, address: '127.7.10.2', port: 5435, upstream: { address: '127.7.0.2', port: 5432 } },
      ],
      [
        'db-replica-2',
        'db-1',
        { kibPerS: 32, transitMs: 0, address: '127.7.10.2', port: 5436, upstream: { address: '127.7.0.2', port: 5432 } },
      ],
    ]);
    expect(slowWayOf(narrow, hostOf(narrow, 'db-1'))).toBeNull();
    expect(slowWays(place())).toEqual([]);
    expect(slowWays(place('db-replica.transit=2500')).map(({ kibPerS, transitMs }) => [kibPerS, transitMs])).toEqual([
      [null, 2500],
      [null, 2500],
    ]);
  });

  it('leads to whoever was promoted', () => {
    const promoted = { ...narrow, primaries: { db: 'db-replica-2' } };
    // Also from the host that was the primary and follows now.
    expect(slowWays(promoted).map(({ follower, primary, address }) => [follower.name, primary.name, address])).toEqual([
      ['db-1', 'db-replica-2', '127.7.10.4'],
      ['db-replica-1', 'db-replica-2', '127.7.10.4'],
    ]);
  });

  it('goes on over the distance that there is besides', () => {
    const far = place('db-replica.bandwidth=32', 'db.distance=20');
    expect(slowWayOf(far, hostOf(far, 'db-replica-1'))?.upstream).toEqual({ address: '127.7.10.2', port: 5432 });
  });

  it('is where a replica follows, and not where it copies its first data', () => {
    const replica = hostOf(narrow, 'db-replica-1');
    expect(primaryConnection(replica, narrow)).toMatch(/^host='127\.7\.10\.2' port='5435'/);
    expect(copyConnection(replica, narrow)).toMatch(/^host='127\.7\.0\.2' port='5432'/);
    expect(primaryConnection(hostOf(place(), 'db-replica-1'), place())).toMatch(/^host='127\.7\.0\.2' port='5432'/);
  });

  it('may be set while the site runs, of replicas only, and not so narrow that they give up', () => {
    const live = (setting: string) => () => applyLive(topology, [setting], declarations);
    expect(live('db-replica.bandwidth=16')).not.toThrow();
    expect(live('db-replica.bandwidth=15')).toThrow(expect.objectContaining({ why: expect.stringContaining('below 16') }));
    expect(live('db.bandwidth=32')).toThrow();
    expect(mayBeSlow(topology)).toBe(true);
    expect(mayBeSlow({ ...topology, tiers: topology.tiers.slice(0, 2) })).toBe(false);
    expect(narrow.topology.tiers.map(withoutSlowWays)).toEqual(topology.tiers);
  });
});
