import { describe, expect, it } from '@jest/globals';
import { diagnose, type Histogram, type RunData } from '@loadstair/analysis';
import { Chance } from '@loadstair/simulation-engine';
import { cdn } from '@loadstair/stages/simulated';
import { simulate } from '../run/simulate.ts';
import { runOf } from './case.ts';

const LOAD = 100;
/** Of a page to a user in the other region, at least. */
const ACROSS_MS = 59;

/** Values of a histogram of factors of 1.02 from 0.1 ms. */
function slowerThan({ counts }: Pick<Histogram, 'counts'>, ms: number): number {
  return counts.reduce((sum, [bucket, count]) => sum + (0.1 * 1.02 ** bucket >= ms ? count : 0), 0);
}

/** @param kind of the cause, and its tier */
function climb(profile: string, kind: string, tier: string, load = LOAD): RunData {
  const chance = new Chance(4);
  const base = cdn.site(chance, profile, load, 1.5);
  const injected = cdn.singles
    .flat()
    .filter((line) => line.kind === kind)
    .flatMap(({ cause }) => cause(base, load, chance) ?? [])
    .find(({ cause }) => cause.tier === tier);
  if (injected === undefined) throw new Error('a CPU can always be made small');
  return simulate(runOf(cdn, injected.site, 'stage-6', 4, load));
}

describe('a simulated site with edges', () => {
  it('has them send the files of their regions, and is limited by their CPU when that is small', () => {
    const run = climb('galleries', 'cpu', 'edge', 60);
    expect(diagnose(run)).toMatchObject({ kind: 'named', tier: 'edge', resource: 'cpu', with: [] });
    const held = run.steps.filter(({ kind }) => kind === 'load')[1];
    for (const { hits, misses } of held?.edges ?? []) expect(hits / (hits + misses)).toBeGreaterThan(0.5);
    expect(held?.load.byRegion?.map(({ region }) => region)).toEqual(['east', 'west']);
  });

  it('costs users far from it the way, at every load, and that is no limit', () => {
    const run = climb('pages', 'cpu', 'web');
    expect(diagnose(run)).toMatchObject({ kind: 'named', tier: 'web', resource: 'cpu', with: [] });
    const first = run.steps.find(({ kind }) => kind === 'load')?.load.byRegion ?? [];
    const pages = first.map(({ latency, files, fileLatency }) => ({
      slow: slowerThan(latency, ACROSS_MS) - slowerThan(fileLatency, ACROSS_MS),
      all: latency.count - Object.values(files).reduce((sum, one) => sum + one, 0),
    }));
    const [east, west] = pages.map(({ slow, all }) => slow / all);
    expect(east).toBeLessThan(0.5);
    expect(west).toBe(1);
  });

  it('sends the files of a region itself when the edges there are down, is limited by that, and it is said', () => {
    const run = climb('galleries', 'edge down', 'web', 60);
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web', resource: 'cpu', with: [] });
    expect(verdict.kind === 'refused' ? null : verdict.withoutEdge).toMatchObject([{ region: 'west', share: 1, silent: ['edge-2'] }]);
  });

  it('is limited by one web server alone where most stick to it', () => {
    const verdict = diagnose(climb('pages', 'cpu alone', 'web'));
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web', resource: 'cpu', imbalance: { host: 'web-1' } });
  });
});
