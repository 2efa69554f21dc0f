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

describe('relax', () => {
  it('gives 30 % more CPU', () => {
    expect(relax(topology, 'web', 'cpu', 1.3, components)).toEqual({ set: 'web.cpu=1.3', factor: 1.3 });
  });

  it('gives whole connections, and says by how much they grew', () => {
    expect(relax(topology, 'web', 'pool', 1.3, components)).toEqual({ set: 'web.pool=2', factor: 2 });
  });

  it.each([
    ['db', 'cpu', 'the biggest host is reached'],
    ['db', 'lock', 'a lock cannot be given more'],
    ['db', 'pool', 'it has none'],
    ['none', 'cpu', 'there is no such tier'],
  ])('gives %s %s nothing: %s', (tier, resource) => {
    expect(relax(topology, tier, resource, 1.3, components)).toBeNull();
  });

  it('gives settings that can be applied', () => {
    for (const resource of ['cpu', 'memory', 'pool', 'event-loop']) {
      const { set } = relax(topology, 'web', resource, 1.3, components) as { set: string };
      expect(() => applySettings(topology, [set], components)).not.toThrow();
    }
  });
});
