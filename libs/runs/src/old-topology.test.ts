import { expect, it } from '@jest/globals';
import { hashOf, type Topology } from '@loadstair/topology';
import type { Manifest } from './manifest.ts';
import { manifestAsNow } from './old-topology.ts';

const ONE_PLACE = [{ name: 'east', kind: 'data centre', users: 1 }];
const topologyWith = (web: object, edge: object, link: object = { role: 'http' }): object => ({
  stage: 6,
  tiers: [
    { name: 'web', components: ['site', 'postgres'], settings: web },
    { name: 'edge', components: ['varnish'], settings: edge },
  ],
  links: [{ from: 'edge', to: 'web', ...link }],
  places: ONE_PLACE,
  groups: ['web'],
});
const manifest = (topology: unknown): Manifest => ({ topology, topologyHash: 'old' }) as unknown as Manifest;

it('settings of an older run are told by the component that has them, and the run is comparable with one made now', () => {
  const now = topologyWith({ site: { pool: 20, telemetry: 'off' }, postgres: { sync: 1 } }, { varnish: { ttl: 3600 } });
  const read = manifestAsNow(
    manifest(topologyWith({ pool: 20, telemetry: 0, sync: 1, unheardOf: 3 }, { ttl: 3600 }, { protocol: 'http' })),
  );
  expect(read.topology).toEqual(now);
  expect(read.topologyHash).toBe(hashOf(now as Topology));
});

it.each([[topologyWith({ site: { pool: 20 } }, {})], [null], [{ tiers: 3 }], [{ tiers: [null] }], [{ tiers: [], links: 3 }]])(
  'leaves %j as it is',
  (topology) => {
    expect(manifestAsNow(manifest(topology))).toEqual(manifest(topology));
  },
);

it('one from before there were places and named groups has them, also where its settings are as they are now', () => {
  const now = topologyWith({ site: { pool: 20 } }, {});
  const before = Object.entries(now).filter(([key]) => key !== 'places' && key !== 'groups');
  const read = manifestAsNow(manifest(Object.fromEntries(before)));
  expect(read.topology).toEqual(now);
  expect(read.topologyHash).toBe(hashOf(now as Topology));
});
