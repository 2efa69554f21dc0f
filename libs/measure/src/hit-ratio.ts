import type { ResourceInfo, ResourceUse } from '@loadstair/analysis';
import type { CacheState, CacheUse } from '@loadstair/components';
import { growth, type Point, type Span } from './counter.ts';
import type { Samples, SoftSample } from './samples.ts';

/** How one cache host fared in a window, as those tell who asked it; null when neither they nor it could be read. */
export function hitRatioUse(resource: ResourceInfo, { soft }: Samples, window: Span): ResourceUse | null {
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
  const asked = (value: (use: CacheUse) => number): number =>
    overAskers((sample) => {
      const use = sample.asked?.[host];
      return use === undefined ? 0 : value(use);
    });
  const went = (value: (state: CacheState) => number): number =>
    grown(kept, (sample) => (sample.cache === undefined ? 0 : value(sample.cache)));

  const lookups = asked((use) => use.lookups);
  const hits = asked((use) => use.hits);
  const databaseSeconds = overAskers((sample) => (sample.waitSeconds ?? 0) + (sample.busySeconds ?? 0));
  return {
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
