import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import type { HitRatioUse, ResourceInfo } from '@loadstair/resources';
import type { RunData } from './run-data.ts';
import { buildRun, type BuiltTier } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

const tier = (name: string, cpuMs: number, hosts = 1): BuiltTier => ({ name, hosts, cpuMs, cores: 0.1 });
/** Limits follow from what an arrival costs each host: 0.67 ms fill it at some 150 arrivals/s. */
const site = (costs: { readonly web: number; readonly replica: number }): RunData =>
  buildRun({
    stage: 5,
    tiers: [
      { ...tier('web', costs.web, 2), pool: { limit: 20, holdMs: 2, waitsOn: 'db-replica' } },
      tier('cache', 0.05, 2),
      tier('db', 0.1),
      tier('db-replica', costs.replica, 2),
    ],
    links: [
      ['clients', 'web'],
      ['web', 'cache'],
      ['web', 'db'],
      ['web', 'db-replica'],
      ['db-replica', 'db'],
    ],
    loads: [0.45, 0.6, 0.75, 0.88, 0.98, 1.08, 1.2, 1.35].map((share) => share * 150),
  });

type Kept = Pick<HitRatioUse, 'busy' | 'lookups' | 'again' | 'loadShare' | 'evicted' | 'expired'>;

function withCache(run: RunData, kept: Kept): RunData {
  const added = run.resources
    .filter((one) => one.tier === 'cache' && one.kind === 'cpu')
    .map((cpu): ResourceInfo => ({ ...cpu, id: `${cpu.host}/redis/hit-ratio`, kind: 'hit-ratio', component: 'redis', limit: null }));
  return {
    ...run,
    resources: [...run.resources, ...added],
    steps: run.steps.map((step) => ({
      ...step,
      use: [...step.use, ...added.map((resource): HitRatioUse => ({ kind: 'hit-ratio', resource: resource.id, blocks: [], ...kept }))],
    })),
  };
}

const WARM: Kept = { busy: 0.03, lookups: 1_000, again: 20, loadShare: 0.05, evicted: 0, expired: 20 };
const THRASHING: Kept = { busy: 0.6, lookups: 1_000, again: 550, loadShare: 0.45, evicted: 500, expired: 5 };
const SHORT_LIVED: Kept = { busy: 0.5, lookups: 1_000, again: 480, loadShare: 0.44, evicted: 0, expired: 480 };
/** Nobody has asked for most of it before. */
const NEW: Kept = { busy: 0.9, lookups: 1_000, again: 20, loadShare: 0.01, evicted: 0, expired: 0 };

const databaseFull = site({ web: 0.3, replica: 1.33 });
const webFull = site({ web: 1.33, replica: 0.2 });

describe('a database that is full', () => {
  it.each([
    ['has too little memory', THRASHING, /entries removed: \d+/],
    ['forgets too soon', SHORT_LIVED, /0\.0\/s evicted for lack of memory, \d/],
  ])('is not named when the cache %s: the cache is', (_name, kept, said) => {
    const run = withCache(databaseFull, kept);
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'cache', resource: 'hit-ratio', with: [] });
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(verdict.ruledOut).toContainEqual({
      tier: 'db-replica',
      resource: 'cpu',
      reason: 'saturated by reading entries that the cache did not keep',
    });
    const text = verdictLines(verdict, run).join('\n');
    expect(text).toContain('Cache tier hit ratio limits this run');
    expect(text).toMatch(said);
    expect(text).toMatch(/\d+ % of database time was spent on these lookups; db-replica-1 was \d+ % busy/);
  });

  it.each([
    ['the cache works well', WARM],
    ['what it misses nobody had asked for before', NEW],
  ])('is named when %s', (_name, kept) => {
    expect(diagnose(withCache(databaseFull, kept))).toMatchObject({ kind: 'named', tier: 'db-replica', resource: 'cpu' });
  });
});

describe('web servers that are full', () => {
  it.each([
    ['works well', WARM],
    ['misses much', THRASHING],
  ])('are named when the cache %s and the databases have room', (_name, kept) => {
    const verdict = diagnose(withCache(webFull, kept));
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web', resource: 'cpu' });
    if (verdict.kind !== 'named') throw new Error(verdict.kind);
    expect(verdict.ruledOut).toContainEqual({
      tier: 'cache',
      resource: 'hit-ratio',
      reason: `missed ${Math.round(kept.busy * 100)} % of lookups, and no database was saturated by the misses`,
    });
  });
});
