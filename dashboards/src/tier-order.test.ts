import { describe, expect, it } from '@jest/globals';
import type { Topology } from '@loadstair/topology';
import { tiersInOrder } from './tier-order.ts';

const topologyOf = (...names: string[]): Topology => ({
  stage: 1,
  slug: 's',
  title: 'S',
  links: [],
  tiers: names.map((name) => ({ name, count: 1, cpu: 1, memoryMiB: 1, components: ['site'], settings: {}, public: false, distanceMs: 0 })),
});
const order = (...topologies: Topology[]): string[] => tiersInOrder(topologies).map(({ tier }) => tier.name);

describe('tiersInOrder', () => {
  it('keeps the order of each topology, and puts what came later where it belongs', () => {
    expect(
      order(topologyOf('server'), topologyOf('web', 'db'), topologyOf('lb', 'web', 'db'), topologyOf('lb', 'web', 'cache', 'db')),
    ).toEqual(['server', 'lb', 'web', 'cache', 'db']);
  });

  it('says so when topologies disagree', () => {
    expect(() => order(topologyOf('a', 'b'), topologyOf('b', 'a'))).toThrow('a, b');
  });
});
