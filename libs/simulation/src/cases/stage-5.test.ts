import { describe, expect, it } from '@jest/globals';
import { diagnose, type Named } from '@loadstair/analysis';
import { declarations } from '@loadstair/components/declarations';
import { stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { simulate, type SimulatedRun } from '../run/simulate.ts';

/** Two hundred favourites of 2.3 kB: less than half a megabyte holds them all. */
const stage5 = (name: string, settings: readonly string[], predicted: number, model: SimulatedRun['model'] = {}): SimulatedRun => ({
  name,
  topology: applySettings(stageByNumber(5).topology, settings, declarations),
  profile: 'favourites',
  model: { things: 200, ...model },
  disturbance: {},
  seed: 7,
  quick: false,
  loads: { predicted },
});

function named(run: SimulatedRun): Named {
  const verdict = diagnose(simulate(run));
  if (verdict.kind !== 'named') throw new Error(`${verdict.kind}: ${JSON.stringify(verdict)}`);
  return verdict;
}

/** Replicas that end where hardly anything comes from the cache, and everything else with room to spare. */
const SMALL_REPLICAS = ['db-replica.cpu=0.4', 'web.cpu=1.5', 'lb.cpu=2'];

describe('at stage 5 with little room behind the cache', () => {
  it.each([
    ['memory for a tenth', ['cache.maxmemory=0.025', 'cache.overprovision=0'], /: [\d.]+\/s evicted for lack of memory/],
    ['entries that live a second', ['cache.ttl=0.8', 'db-replica.cpu=0.3'], /\/s expired/],
  ])('%s: the cache is named, and no database', (name, settings, said) => {
    const verdict = named(stage5(name, [...SMALL_REPLICAS, ...settings], 90));
    expect(verdict).toMatchObject({ tier: 'cache', resource: 'hit-ratio', with: [] });
    expect(verdict.evidence.some(({ text }) => said.test(text))).toBe(true);
    expect(verdict.ruledOut).toContainEqual(expect.objectContaining({ tier: 'db-replica', resource: 'cpu' }));
  });

  it('everybody asking for something new: the replicas are named', () => {
    expect(named(stage5('new', SMALL_REPLICAS, 70, { things: 10_000_000 }))).toMatchObject({ tier: 'db-replica', resource: 'cpu' });
  });
});

it('a cache that has room and time leaves the limit to the web servers', () => {
  const verdict = named(stage5('web', ['web.cpu=0.4', 'lb.cpu=2'], 100));
  expect(verdict).toMatchObject({ tier: 'web', resource: 'cpu' });
  expect(verdict.ruledOut).toContainEqual(expect.objectContaining({ tier: 'cache', resource: 'hit-ratio' }));
});
