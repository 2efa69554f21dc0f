import { PAIR, cpuFor, type BaseSite } from './base-site.ts';
import type { Chance } from '../engine/chance.ts';
import { ENTRY_BYTES } from '../site/cache.ts';
import { withDemand, type Injected, type Injection } from './inject.ts';

/** Of the profile `favourites`, what asks for popular things; the rest asks for users. */
const POPULAR = 0.95;
const MIB = 2 ** 20;
/** A cache host can be given no less. */
const LEAST_MIB = 0.02;

/** Replicas that have room for what a good cache misses, and none for what a forgetful one does. */
function forgetful(base: BaseSite, target: number, missed: number, change: Partial<BaseSite>): Injected {
  const site = withDemand({ ...base, ...change, missed });
  const cpu = { ...base.cpu, 'db-replica': cpuFor(site, 'db-replica', target) };
  return { site: { ...site, cpu }, control: { ...base, cpu }, cause: { tier: 'cache', resource: 'hit-ratio' } };
}

/** How much a forgetful cache misses. */
const someMissed = (chance: Chance): number => chance.between(0.45, 0.8);

/**
 * Memory for a part of what is asked for. By the least recently used, what is asked for `rate` times as often as another is
 * there with 1 − m^rate, when of the other a share m is missed (Che et al. 2002, doi 10.1109/JSAC.2002.801752).
 */
export const littleMemory: Injection = (base, target, chance) => {
  const missed = someMissed(chance);
  const rare = missed ** ((1 - POPULAR) / POPULAR);
  const entries = (base.model.things / PAIR) * (1 - missed + (1 - rare));
  const cacheMiB = ((entries + 0.5) * ENTRY_BYTES) / MIB;
  return cacheMiB < LEAST_MIB ? null : forgetful(base, target, missed, { cacheMiB });
};

/** Entries end before most are asked for again: of arrivals by chance, 1 ÷ (1 + rate · life) find none. */
export const shortLife: Injection = (base, target, chance) => {
  const missed = someMissed(chance);
  const perThing = (target * POPULAR) / base.model.things;
  const cacheTtlS = (1 / missed - 1) / perThing;
  return cacheTtlS < 0.1 ? null : forgetful(base, target, missed, { cacheTtlS });
};

/** Everybody asks for something else: few hits, and no fault of the cache. */
export const newThings: Injection = (base, target) => {
  const site = withDemand({ ...base, model: { ...base.model, things: 10_000_000 }, missed: 1 });
  const cpu = { ...base.cpu, 'db-replica': cpuFor(site, 'db-replica', target) };
  return { site: { ...site, cpu }, control: base, cause: { tier: 'db-replica', resource: 'cpu' } };
};
