import { describe, expect, it } from '@jest/globals';
import type { Tier, Topology } from '@loadstair/topology';
import { stillLimits, type Side } from './still-limits.ts';

const tier = (name: string, count: number, cpu: number): Tier =>
  ({ name, components: [], count, cpu, memoryMiB: 256, settings: {} }) as unknown as Tier;
const site = (...tiers: readonly Tier[]): Topology => ({ stage: 3, slug: 'test', tiers, links: [] }) as unknown as Topology;
const side = (topology: Topology, limit: Side['limit'] = { tier: 'web', resource: 'cpu' }): Side => ({ topology, limit });

const before = side(site(tier('web', 2, 1), tier('db', 1, 1)));
const withReplicas = side(site(tier('web', 2, 1), tier('db', 1, 1), tier('db-replica', 2, 1)));
const profiles = { compared: 'mixed', revealing: 'reads' };

describe('stillLimits', () => {
  it('tells what limits both sides and was left as it was, and where the change shows', () => {
    expect(stillLimits({ word: 'inconclusive' }, before, withReplicas, profiles)).toEqual({ resource: 'web CPU', profile: 'reads' });
  });

  it('proposes no profile that was compared under', () => {
    expect(stillLimits({ word: 'worse' }, before, withReplicas, { ...profiles, compared: 'reads' })).toEqual({
      resource: 'web CPU',
      profile: null,
    });
  });

  it.each<readonly [string, 'better' | 'inconclusive', Side, Side]>([
    ['the second side holds more', 'better', before, withReplicas],
    ['they end at different tiers', 'inconclusive', before, side(withReplicas.topology, { tier: 'db', resource: 'cpu' })],
    ['they end at different resources', 'inconclusive', before, side(withReplicas.topology, { tier: 'web', resource: 'pool' })],
    ['nothing was named', 'inconclusive', before, side(withReplicas.topology, null)],
    ['both are the same', 'inconclusive', before, before],
    ['the change is more hosts of that tier', 'inconclusive', before, side(site(tier('web', 3, 1), tier('db', 1, 1)))],
    ['the change is bigger hosts of that tier', 'inconclusive', before, side(site(tier('web', 2, 2), tier('db', 1, 1)))],
  ])('is silent where %s', (_, word, first, second) => {
    expect(stillLimits({ word }, first, second, profiles)).toBeNull();
  });
});
