import { ENTRY_BYTES } from '@loadstair/components';
import type { Chance } from '@loadstair/simulation-engine';
import { simulated as replication, traits as before } from '../04-replication/simulated.ts';
import {
  HEAVY_LOADS,
  hostsIn,
  labCpus,
  LIGHT_LOADS,
  photoSite,
  withDemand,
  type PhotoSite,
  type SiteTraits,
} from '../simulated/case-site.ts';
import { cpuOfWebs } from '../simulated/causes.ts';
import type { CauseInSite, Injected, SimulatedStage } from '../simulated/simulated-stage.ts';
import { topology } from './stage.ts';

export interface CachedSite extends PhotoSite {
  /** Of one cache server: MiB for entries, and s that they live. */
  readonly cacheMiB: number;
  readonly cacheTtlS: number;
}

const REPLICAS = 'db-replica';
/** Of the profile `favourites`, what asks for popular things; the rest asks for users. */
const POPULAR = 0.95;
const MIB = 2 ** 20;
/** A cache host can be given no less. */
const LEAST_MIB = 0.02;

/** Replicas that have room for what a good cache misses, and none for what a forgetful one does. */
function forgetful(base: CachedSite, target: number, missed: number, change: Partial<CachedSite>): Injected<CachedSite> {
  const site = withDemand({ ...base, ...change, assumed: { ...base.assumed, missed } });
  const cpu = { ...base.cpu, [REPLICAS]: labCpus(site.demand, REPLICAS, target, hostsIn(topology, REPLICAS)) };
  return { site: { ...site, cpu }, control: { ...base, cpu }, cause: { tier: 'cache', resource: 'hit-ratio' } };
}

/** How much a forgetful cache misses. */
const someMissed = (chance: Chance): number => chance.between(0.45, 0.8);

/**
 * Memory for a part of what is asked for. By the least recently used, what is asked for `rate` times as often as another is
 * there with 1 − m^rate, when of the other a share m is missed (Che et al. 2002, doi 10.1109/JSAC.2002.801752).
 */
const littleMemory: CauseInSite<CachedSite> = (base, target, chance) => {
  const missed = someMissed(chance);
  const rare = missed ** ((1 - POPULAR) / POPULAR);
  const entries = (base.model.things / hostsIn(topology, 'cache')) * (1 - missed + (1 - rare));
  const cacheMiB = ((entries + 0.5) * ENTRY_BYTES) / MIB;
  return cacheMiB < LEAST_MIB ? null : forgetful(base, target, missed, { cacheMiB });
};

/** Entries end before most are asked for again: of arrivals by chance, 1 ÷ (1 + rate · life) find none. */
const shortLife: CauseInSite<CachedSite> = (base, target, chance) => {
  const missed = someMissed(chance);
  const perThing = (target * POPULAR) / base.model.things;
  const cacheTtlS = (1 / missed - 1) / perThing;
  return cacheTtlS < 0.1 ? null : forgetful(base, target, missed, { cacheTtlS });
};

/** Everybody asks for something else: few hits, and no fault of the cache. */
const newThings: CauseInSite<CachedSite> = (base, target) => {
  const site = withDemand({ ...base, model: { ...base.model, things: 10_000_000 }, assumed: { ...base.assumed, missed: 1 } });
  const cpu = { ...base.cpu, [REPLICAS]: labCpus(site.demand, REPLICAS, target, hostsIn(topology, REPLICAS)) };
  return { site: { ...site, cpu }, control: base, cause: { tier: REPLICAS, resource: 'cpu' } };
};

export const traits: SiteTraits = { ...before, topology, tiers: [...before.tiers, 'cache'], hasCache: true };

/** A site whose cache has room for everything that is asked for, and keeps it for a minute. */
export function cachedSite(site: PhotoSite): CachedSite {
  return { ...site, cacheMiB: 32, cacheTtlS: 60 };
}

export const simulated: SimulatedStage<CachedSite> = {
  ...replication,
  topology,
  later: [],
  tiers: traits.tiers,
  loads: (profile) => (profile === 'galleries' ? HEAVY_LOADS : LIGHT_LOADS),
  site: (...drawn) => cachedSite(photoSite(traits, ...drawn)),
  settings: (site) => [
    ...replication.settings(site),
    `cache.count=${hostsIn(topology, 'cache')}`,
    `cache.maxmemory=${site.cacheMiB.toFixed(4)}`,
    'cache.overprovision=0',
    `cache.ttl=${site.cacheTtlS.toFixed(2)}`,
  ],
  singles: [
    [],
    [
      { kind: 'hit-ratio', cause: littleMemory, profiles: ['favourites'] },
      { kind: 'hit-ratio', cause: shortLife, profiles: ['favourites'] },
      { kind: 'cpu', cause: newThings, profiles: ['favourites'] },
      { kind: 'cpu', cause: cpuOfWebs('web') },
    ],
  ],
  pairs: [],
  spoilt: null,
};
