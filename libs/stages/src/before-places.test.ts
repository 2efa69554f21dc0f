import { describe, expect, it } from '@jest/globals';
import { hashOf, withPlaces, type Tier, type Topology } from '@loadstair/topology';
import { stages } from './catalogue.ts';

/** As such a topology was written before there were places. */
function asBefore(topology: Topology): Topology {
  const across = topology.distances?.[0]?.ms ?? 0;
  expect(topology.places).toHaveLength(topology.names === undefined ? 1 : 2);
  const doors = topology.tiers.filter((tier) => tier.public).length;
  const unknown = ['places', 'distances', 'names'];
  const before = JSON.parse(JSON.stringify(topology, (key, value: unknown) => (unknown.includes(key) ? undefined : value))) as Topology;
  return { ...before, tiers: before.tiers.map((tier) => ({ distanceMs: tier.public && doors > 1 ? across : 0, ...tier })) };
}

function withDistances(topology: Topology, distances: Readonly<Record<string, number>>): Topology {
  const far = (tier: Tier): Tier => {
    const distanceMs = distances[tier.name];
    return distanceMs === undefined ? tier : { ...tier, distanceMs };
  };
  return { ...topology, tiers: topology.tiers.map(far) };
}

describe('a topology of a run before there were places', () => {
  it.each(stages.map(({ topology }) => [topology.slug, topology] as const))('is read as that of today: %s', (_, topology) => {
    const read = withPlaces(asBefore(topology)) as Topology;
    expect(hashOf(read)).toBe(hashOf(topology));
  });

  it('keeps the distances that it was given', () => {
    const last = stages.at(-1)?.topology as Topology;
    const read = withPlaces(withDistances(asBefore(last), { db: 10, lb: 100 })) as Topology;
    // The edges' own says what the two places are apart; that of others is one of their own.
    expect(read.distances).toEqual(last.distances);
    expect(hashOf(read)).toBe(hashOf(withDistances(last, { db: 10, lb: 100, edge: 60 })));
  });

  it('of today stays as it is', () => {
    for (const { topology } of stages) expect(withPlaces(topology)).toBe(topology);
  });
});
