import { describe, expect, it } from '@jest/globals';
import { startOrder } from './start-order.ts';
import type { Topology } from './topology.ts';

const topology = (tiers: readonly string[], links: readonly (readonly [string, string])[]): Topology =>
  ({ tiers: tiers.map((name) => ({ name })), links: links.map(([from, to]) => ({ from, to })) }) as unknown as Topology;
const names = (of: Topology): string[] => startOrder(of).map((tier) => tier.name);

describe('startOrder', () => {
  it('starts what others talk to first, whatever the order of declaration', () => {
    expect(
      names(
        topology(
          ['lb', 'web', 'db'],
          [
            ['lb', 'web'],
            ['web', 'db'],
          ],
        ),
      ),
    ).toEqual(['db', 'web', 'lb']);
  });

  it('holds every tier once, also where links go in a circle', () => {
    expect(
      names(
        topology(
          ['a', 'b', 'c'],
          [
            ['a', 'b'],
            ['b', 'a'],
          ],
        ),
      ).toSorted(),
    ).toEqual(['a', 'b', 'c']);
  });
});
