import { expect, it } from '@jest/globals';
import { callers, peers, rolesOf, tiersServing } from './peers.ts';
import { placeTopology } from './place.ts';
import type { PlacedHost } from './placement.ts';
import type { Tier, Topology } from './topology.ts';

const tier = (name: string, components: Tier['components'], count: number): Tier => ({
  name,
  count,
  cpu: 1,
  memoryMiB: 256,
  components,
  settings: {},
  public: false,
  ...(name === 'edge' ? { places: ['east', 'west'] } : {}),
});
const topology: Topology = {
  stage: 3,
  slug: '',
  title: '',
  places: [
    { name: 'east', kind: 'data centre', users: 0.5 },
    { name: 'west', kind: 'edge location', users: 0.5 },
  ],
  tiers: [tier('edge', ['varnish'], 3), tier('lb', ['haproxy'], 1), tier('web', ['site'], 2), tier('store', ['redis'], 2)],
  links: [
    { from: 'clients', to: 'lb', role: 'http' },
    { from: 'lb', to: 'web', role: 'http' },
    { from: 'web', to: 'store', role: 'cache' },
    { from: 'lb', to: 'store', role: 'limits' },
    { from: 'web', to: 'edge', role: 'files' },
  ],
};
const placement = placeTopology(topology, { instance: 7, labFolder: '/lab' });
const host = (name: string): PlacedHost => placement.hosts.find((one) => one.name === name) as PlacedHost;
const names = (hosts: readonly PlacedHost[]): string[] => hosts.map(({ name }) => name);

it('peers are told by the links of a role, and by nothing else', () => {
  expect(names(peers(placement, host('lb-1'), 'http'))).toEqual(['web-1', 'web-2']);
  expect(names(peers(placement, host('web-1'), 'cache'))).toEqual(['store-1', 'store-2']);
  expect(peers(placement, host('web-1'), 'sessions')).toEqual([]);
});

it('of peers those in the same place come first', () => {
  expect(names(peers(placement, host('web-1'), 'files'))).toEqual(['edge-1', 'edge-3', 'edge-2']);
});

it('callers are who has a link to a host; clients are no hosts', () => {
  expect(names(callers(placement, host('store-1')))).toEqual(['lb-1', 'web-1', 'web-2']);
  expect(names(callers(placement, host('store-1'), 'cache'))).toEqual(['web-1', 'web-2']);
  expect(callers(placement, host('lb-1'), 'http')).toEqual([]);
});

it('a tier is what links say it is', () => {
  expect(rolesOf(topology, { name: 'store' })).toEqual(['cache', 'limits']);
  expect(tiersServing(topology, 'limits').map(({ name }) => name)).toEqual(['store']);
});
