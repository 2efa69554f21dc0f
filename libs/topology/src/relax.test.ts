import { describe, expect, it } from '@jest/globals';
import { relax } from './relax.ts';
import { applySettings } from './settings.ts';
import { components } from './testing/components.ts';
import type { Topology } from './topology.ts';

const topology: Topology = {
  stage: 2,
  slug: 'test',
  title: 'Test',
  tiers: [
    { name: 'web', count: 1, cpu: 1, memoryMiB: 256, components: ['site'], settings: { site: { pool: 1 } }, public: true, distanceMs: 0 },
    { name: 'db', count: 1, cpu: 3.5, memoryMiB: 512, components: ['postgres'], settings: {}, public: false, distanceMs: 0 },
  ],
  links: [
    { from: 'clients', to: 'web', role: 'http' },
    { from: 'web', to: 'db', role: 'sql' },
  ],
};

const CPU = { kind: 'cpu', more: 'cpu' } as const;
const POOL = { kind: 'pool', more: null } as const;

describe('relax', () => {
  it('gives 30 % more CPU', () => {
    expect(relax(topology, 'web', CPU, 1.3, components)).toEqual({ set: 'web.cpu=1.3', factor: 1.3 });
  });

  it('gives whole connections, and says by how much they grew', () => {
    expect(relax(topology, 'web', POOL, 1.3, components)).toEqual({ set: 'web.pool=2', factor: 2 });
  });

  it.each([
    ['db', CPU, 'the biggest host is reached'],
    ['db', { kind: 'lock', more: null }, 'a lock cannot be given more'],
    ['db', POOL, 'it has none'],
    ['none', CPU, 'there is no such tier'],
  ] as const)('gives %s %j nothing: %s', (...[tier, resource]) => {
    expect(relax(topology, tier, resource, 1.3, components)).toBeNull();
  });

  it('gives settings that can be applied', () => {
    for (const resource of [CPU, { kind: 'memory', more: 'memory' }, POOL, { kind: 'event-loop', more: 'count' }] as const) {
      const { set } = relax(topology, 'web', resource, 1.3, components) as { set: string };
      expect(() => applySettings(topology, [set], components)).not.toThrow();
    }
  });
});
