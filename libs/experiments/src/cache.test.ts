import { describe, expect, it } from '@jest/globals';
import type { Fared } from '@loadstair/resources';
import { cacheAtFault } from './expectations/cache-at-fault.ts';
import { databaseLoad } from './expectations/database-load.ts';
import { databaseSpike } from './expectations/database-spike.ts';
import { fewerHitsAtOnce } from './expectations/fewer-hits-at-once.ts';
import { hitRatio } from './expectations/hit-ratio.ts';
import { moreHits } from './expectations/more-hits.ts';
import { moreStale } from './expectations/more-stale.ts';
import { staleReads } from './expectations/stale-reads.ts';
import type { AtOnce, Observed, ObservedPhase, Steady } from './observed.ts';

const FARED: Fared = { lookups: 1_000, hitRatio: 0.9, againShare: 0.02, loadShare: 0.1, evictedPerS: 0, expiredPerS: 1 };

/** 50 arrivals/s for 10 s; the databases take so many cores together. */
function phase(name: string, cores: number, more: Partial<Steady> = {}, atOnce: AtOnce | null = null): ObservedPhase {
  const host = (named: string, group: string | null, used: number): Steady['hosts'][number] => ({
    group,
    host: `${named}-1`,
    tier: named,
    alive: true,
    cores: used,
    byComponent: {},
    served: null,
  });
  const steady: Steady = {
    startMs: 2_000,
    endMs: 12_000,
    offered: 50,
    achieved: 50,
    requests: 500,
    failed: 0,
    stale: 0,
    cache: FARED,
    quantileMs: 20,
    hosts: [host('web', null, 0.2), host('db', 'db', cores / 4), host('db-replica', 'db', (3 * cores) / 4)],
    use: [],
    saturation: {},
    pricePerMonth: null,
    ...more,
  };
  return { name, startMs: 0, endMs: 12_000, steady, atOnce };
}
const observed = (...phases: readonly ObservedPhase[]): Observed => ({
  slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
  phases,
  actions: [],
  requests: [],
});
const cache = (more: Partial<Fared>): Partial<Steady> => ({ cache: { ...FARED, ...more } });

describe('hits', () => {
  it.each([
    [0.9, true],
    [0.5, false],
  ])('of %d against a least of 0.8: %s', (ratio, holds) => {
    const seen = observed(phase('a', 0.1, cache({ hitRatio: ratio })));
    expect(hitRatio({ phase: 'a', least: 0.8, most: 1 }).judge(seen)).toMatchObject({ holds, values: { hitRatio: ratio } });
  });

  it('are compared, and not known of too few lookups or without a cache', () => {
    const more = { phase: 'b', than: 'a' };
    const against = (own: Partial<Steady>): boolean | null => moreHits(more).judge(observed(phase('a', 0.1), phase('b', 0.1, own))).holds;
    expect(against(cache({ hitRatio: 0.95 }))).toBe(true);
    expect(against(cache({ hitRatio: 0.85 }))).toBe(false);
    expect(against(cache({ hitRatio: 0.95, lookups: 99 }))).toBeNull();
    expect(against({ cache: null })).toBeNull();
  });

  it.each([
    [{ hitRatio: 0.5 }, true],
    [{ hitRatio: 0.95 }, false],
    [{ hitRatio: 0.5, lookups: 39 }, null],
  ])('at once, of %o against 0.9 in another phase: fewer %s', (fared, holds) => {
    const atOnce = { startMs: 0, endMs: 3_000, databaseCores: 1, cache: { ...FARED, ...fared } };
    const seen = observed(phase('a', 0.1), phase('b', 0.1, {}, atOnce));
    expect(fewerHitsAtOnce({ phase: 'b', than: 'a' }).judge(seen).holds).toBe(holds);
    expect(fewerHitsAtOnce({ phase: 'a', than: 'b' }).judge(seen).holds).toBeNull();
  });
});

describe('database CPU', () => {
  it.each([
    [0.02, true, 0.2],
    [0.08, false, 0.8],
  ])('of an arrival, %d cores against 0.1: %s', (cores, holds, ratio) => {
    const seen = observed(phase('a', 0.1), phase('b', cores));
    expect(databaseLoad({ phase: 'b', than: 'a', least: 0, most: 0.5 }).judge(seen)).toMatchObject({
      holds,
      values: { otherMs: 2, ratio: expect.closeTo(ratio, 9) },
    });
  });

  it.each([
    [0.3, true],
    [0.11, false],
  ])('at once, %d cores against 0.1: %s', (databaseCores, holds) => {
    const atOnce = { startMs: 0, endMs: 3_000, databaseCores, cache: FARED };
    const seen = observed(phase('a', 0.1), phase('b', 0.1, {}, atOnce));
    expect(databaseSpike({ phase: 'b', than: 'a', least: 1.5 }).judge(seen).holds).toBe(holds);
    expect(databaseSpike({ phase: 'a', than: 'b', least: 1.5 }).judge(seen).holds).toBeNull();
  });
});

describe('stale answers', () => {
  it.each([
    [0, 0, 0, true],
    [1, 0, 0, false],
    [7, 1, null, true],
    [0, 1, null, false],
  ])('%d, at least %d and at most %s: %s', (stale, least, most, holds) => {
    expect(staleReads({ phase: 'a', least, most }).judge(observed(phase('a', 0.1, { stale }))).holds).toBe(holds);
  });

  it('are compared by their share', () => {
    const seen = observed(phase('a', 0.1, { stale: 20, requests: 1_000 }), phase('b', 0.1, { stale: 15, requests: 500 }));
    expect(moreStale({ phase: 'b', than: 'a' }).judge(seen)).toMatchObject({ holds: true, values: { share: 0.03 } });
  });
});

describe('the cache is at fault', () => {
  const storm: Fared = { ...FARED, hitRatio: 0.4, againShare: 0.55, loadShare: 0.8 };

  it.each([
    [storm, true],
    [FARED, false],
    // What it misses is new.
    [{ ...storm, againShare: 0.05, loadShare: 0.05 }, false],
  ])('%#', (seen, holds) => {
    const atOnce = { startMs: 0, endMs: 3_000, databaseCores: 1, cache: seen };
    const both = observed(phase('steady', 0.1, { cache: seen }), phase('at once', 0.1, {}, atOnce));
    expect(cacheAtFault({ phase: 'steady', when: 'steady' }).judge(both).holds).toBe(holds);
    expect(cacheAtFault({ phase: 'at once', when: 'at-once' }).judge(both).holds).toBe(holds);
  });

  it('is not known where nobody asked it', () => {
    expect(cacheAtFault({ phase: 'a', when: 'at-once' }).judge(observed(phase('a', 0.1))).holds).toBeNull();
  });
});

it('the table has a row a phase', () => {
  const seen = observed(phase('a', 0.1, { stale: 5 }), { ...phase('b', 0.1), steady: null });
  expect(moreHits({ phase: 'a', than: 'b' }).table(seen)?.rows).toEqual([
    ['a', '90 %', '2 %', '2.00', '1 %', '20'],
    ['b', '–', '–', '–', '–', '–'],
  ]);
});
