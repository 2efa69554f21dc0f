import { expect, it } from '@jest/globals';
import { TOPOLOGY } from './schema.ts';
import type { Tier, Topology } from './topology.ts';

const tier: Tier = {
  name: 'web',
  count: 2,
  cpu: 1,
  memoryMiB: 256,
  components: ['site'],
  settings: { site: { pool: 20, consistency: 'none' } },
  public: true,
  places: ['east', 'west'],
};
const topology: Topology = {
  stage: 7,
  slug: 'made-up',
  title: 'Made up',
  tiers: [tier],
  links: [{ from: 'clients', to: 'web', role: 'http' }],
  places: [
    { name: 'east', kind: 'data centre', users: 0.5 },
    { name: 'west', kind: 'edge location', users: 0.5 },
  ],
  distances: [{ between: ['east', 'west'], ms: 60 }],
  names: [{ name: 'files.lab', tiers: ['web'], policy: { kind: 'failover', ttlS: 5, order: ['east', 'west'] } }],
};

it('takes a topology as JSON, and loses nothing of it', () => {
  expect(TOPOLOGY.parse(JSON.parse(JSON.stringify(topology)))).toEqual(topology);
});

it.each<[string, object]>([
  ['a setting that is no word and no number', { tiers: [{ ...tier, settings: { site: { pool: [20] } } }] }],
  ['settings that are of no component', { tiers: [{ ...tier, settings: { pool: 20 } }] }],
  ['a link without a role', { links: [{ from: 'clients', to: 'web' }] }],
  ['an unknown policy', { names: [{ name: 'files.lab', tiers: ['web'], policy: { kind: 'any', ttlS: 5 } }] }],
  ['no tiers', { tiers: undefined }],
])('refuses %s', (_, change) => {
  expect(TOPOLOGY.safeParse({ ...topology, ...change }).success).toBe(false);
});
