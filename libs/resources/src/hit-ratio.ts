import { growth, type Point, type Window } from './counter.ts';
import { cpu } from './cpu.ts';
import { disk, stalls } from './disk.ts';
import type { Fact, FactSteps, Finding } from './facts.ts';
import { AT_LIMIT } from './limits.ts';
import { defineResource } from './module.ts';
import { isOf, useIn, useOnHost, type LinkInfo, type Resource, type Use, type UsedRun, type UsedStep } from './resource.ts';
import type { AskedOfCache, LostByCache, Samples, SoftSample } from './samples.ts';
import { tiersBehind } from './tiers-behind.ts';
import { percent, rate } from './words.ts';

/** `busy` is the share of lookups that missed. */
export interface HitRatioUse extends Use {
  readonly kind: 'hit-ratio';
  readonly lookups?: number;
  /** Of the lookups, those that missed what had been there before. */
  readonly again?: number;
  /** Entries that went for want of memory, and at their end. */
  readonly evicted?: number;
  readonly expired?: number;
  /** Share of the time its askers spent on databases that went into what had been there before. */
  readonly loadShare?: number;
}

/** Share of lookups that a cache in good order misses although it had had the entry before, with room to spare. */
export const AGAIN_SHARE = 0.1;
/** Share of the time spent on databases at or above which they would not be full without those misses. */
export const LOAD_SHARE = 0.5;

/** What a cache has of what it is asked for: it limits where reading again what it lost fills the databases behind it. */
export const hitRatio = defineResource<HitRatioUse>({
  kind: 'hit-ratio',
  word: 'hit ratio',
  use: hitRatioUse,
  isNear: () => false,
  isFull: (_use, resource, run, step) => missesFill(run, resource, step),
  atLimit: ({ resource }, { run, failing }) => failing.some((step) => missesFill(run, resource, step)),
  explains: ({ resource }, victim, { run }) => {
    if (!behindCache(run, resource.tier).includes(victim.resource.tier)) return null;
    if (victim.resource.kind === cpu.kind) return 'saturated by reading entries that the cache did not keep';
    return victim.resource.kind === disk.kind ? 'reads entries that the cache did not keep' : null;
  },
  facts: missFacts,
  spare: (busy) => `missed ${Math.round(busy * 100)} % of lookups, and no database was saturated by the misses`,
  query: ({ tier }) =>
    `sum(rate(lab_cache_lookups_total{tier="${tier}",outcome="hit"}[15s])) / sum(rate(lab_cache_lookups_total{tier="${tier}"}[15s]))`,
});

/** How a cache tier fared in a step, its hosts taken together. Shares are 0–1. */
export interface Fared {
  readonly lookups: number;
  readonly hitRatio: number;
  /** Of all lookups: misses of what had been there before. */
  readonly againShare: number;
  /** Of the time its askers spent on databases: for what had been there before. */
  readonly loadShare: number;
  readonly evictedPerS: number;
  readonly expiredPerS: number;
}

/** Null where nobody asked it anything. */
export function fared(run: Pick<UsedRun, 'resources'>, tier: string, step: Pick<UsedStep, 'use' | 'startMs' | 'endMs'>): Fared | null {
  const uses = run.resources
    .filter((resource) => resource.tier === tier && resource.kind === hitRatio.kind)
    .flatMap(({ id }) => {
      const use = useIn(step, id);
      return use !== null && isOf(use, hitRatio) ? [use] : [];
    });
  const sum = (value: (use: HitRatioUse) => number | undefined): number => uses.reduce((all, use) => all + (value(use) ?? 0), 0);
  const lookups = sum((use) => use.lookups);
  if (lookups === 0) return null;
  const seconds = (step.endMs - step.startMs) / 1000;
  return {
    lookups,
    hitRatio: 1 - sum((use) => use.busy * (use.lookups ?? 0)) / lookups,
    againShare: sum((use) => use.again) / lookups,
    loadShare: Math.min(
      1,
      sum((use) => use.loadShare),
    ),
    evictedPerS: sum((use) => use.evicted) / seconds,
    expiredPerS: sum((use) => use.expired) / seconds,
  };
}

/** Tiers that are asked for what a cache does not have: all that its askers call, directly or not, but the cache. */
export function behindCache(run: { readonly links: readonly LinkInfo[] }, tier: string): string[] {
  const askers = run.links.filter((link) => link.to === tier).map((link) => link.from);
  const called = run.links.filter((link) => askers.includes(link.from)).map((link) => link.to);
  return [...new Set(called.flatMap((name) => tiersBehind(run, name, tier)))];
}

/**
 * Whether what a cache lost is what fills the databases behind it (methods.md §1.4, "cache miss storm"): it misses what it had,
 * reading that again is most of their work, and one of them is full. Misses of what nobody had asked for before are no fault of it.
 */
function missesFill(run: UsedRun, cache: Pick<Resource, 'tier'>, step: UsedStep): boolean {
  const how = fared(run, cache.tier, step);
  if (how === null || how.againShare < AGAIN_SHARE || how.loadShare < LOAD_SHARE) return false;
  const tiers = behindCache(run, cache.tier);
  const hosts = new Set(run.resources.filter(({ tier }) => tiers.includes(tier)).map(({ host }) => host));
  return [...hosts].some((host) => {
    const diskUse = useOnHost(run, step, host, disk);
    return (useOnHost(run, step, host, cpu)?.busy ?? 0) >= AT_LIMIT || (diskUse !== null && stalls(diskUse));
  });
}

/** What a cache lost, what that cost the databases, and why it lost it. */
function missFacts({ resource: { tier } }: Finding, { run, step, lowest }: FactSteps): Fact[] {
  const now = fared(run, tier, step);
  const before = fared(run, tier, lowest);
  if (now === null) return [];
  const was = before === null ? '' : `, ${percent(before.hitRatio)} in step ${lowest.index}`;
  const behind = behindCache(run, tier);
  const fullest = run.resources
    .filter((resource) => resource.kind === cpu.kind && behind.includes(resource.tier))
    .map(({ id, host }) => ({ host, busy: useIn(step, id)?.busy ?? 0 }))
    .toSorted((a, b) => b.busy - a.busy)[0];
  const full = fullest === undefined ? '' : `; ${fullest.host} was ${percent(Math.min(1, fullest.busy))} busy`;
  const [evicted, expired] = [`${rate(now.evictedPerS)}/s`, `${rate(now.expiredPerS)}/s`];
  const fact = (text: string, value: number, baseline: number | undefined, unit: string): Fact => ({
    text,
    value,
    limit: null,
    baseline: baseline ?? null,
    unit,
  });
  return [
    fact(`${percent(now.hitRatio)} hits in step ${step.index}${was}`, now.hitRatio, before?.hitRatio, 'share of lookups'),
    fact(
      `${percent(now.againShare)} of lookups missed an entry that the cache used to have`,
      now.againShare,
      before?.againShare,
      'share of lookups',
    ),
    fact(`${percent(now.loadShare)} of database time was spent on these lookups${full}`, now.loadShare, before?.loadShare, 'share of time'),
    fact(`entries removed: ${evicted} evicted for lack of memory, ${expired} expired`, now.evictedPerS, before?.evictedPerS, 'entries/s'),
  ];
}

/** How one cache host fared in a window, as those tell who asked it; null when neither they nor it could be read. */
function hitRatioUse(resource: Resource, { soft }: Samples, window: Window): HitRatioUse | null {
  const { host } = resource;
  const askers = new Map<string, SoftSample[]>();
  for (const sample of soft) {
    if (sample.asked === undefined) continue;
    const own = askers.get(sample.host) ?? [];
    askers.set(sample.host, own);
    own.push(sample);
  }
  const kept = soft.filter((sample) => sample.host === host && sample.cache !== undefined);
  if (askers.size === 0 && kept.length === 0) return null;

  const grown = (samples: readonly SoftSample[], value: (sample: SoftSample) => number): number =>
    growth(
      samples.map((sample): Point => ({ atMs: sample.atMs, value: value(sample) })),
      window.startMs,
      window.endMs,
    ) ?? 0;
  const overAskers = (value: (sample: SoftSample) => number): number =>
    [...askers.values()].reduce((sum, samples) => sum + grown(samples, value), 0);
  // Who has not asked it yet has asked nothing.
  const asked = (value: (use: AskedOfCache) => number): number =>
    overAskers((sample) => {
      const use = sample.asked?.[host];
      return use === undefined ? 0 : value(use);
    });
  const went = (value: (state: LostByCache) => number): number =>
    grown(kept, (sample) => (sample.cache === undefined ? 0 : value(sample.cache)));

  const lookups = asked((use) => use.lookups);
  const hits = asked((use) => use.hits);
  const databaseSeconds = overAskers((sample) => (sample.waitSeconds ?? 0) + (sample.busySeconds ?? 0));
  return {
    kind: 'hit-ratio',
    resource: resource.id,
    busy: lookups <= 0 ? 0 : Math.min(1, Math.max(0, 1 - hits / lookups)),
    blocks: [],
    lookups,
    again: asked((use) => use.again),
    evicted: went((state) => state.evicted),
    expired: went((state) => state.expired),
    loadShare: databaseSeconds <= 0 ? 0 : Math.min(1, asked((use) => use.againSeconds) / databaseSeconds),
  };
}
