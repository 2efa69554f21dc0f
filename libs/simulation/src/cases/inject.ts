import type { Chance } from '../engine/chance.ts';
import { cpuFor, type BaseSite } from './base-site.ts';
import type { Cause } from './case.ts';
import { arrivalDemand, CALM_WAKES } from './demand.ts';

/** Puts one cause into a site so that it ends at a load; null where that is not possible in the bounds of the lab. */
export type Injection = (base: BaseSite, target: number, chance: Chance) => Injected | null;

export interface Injected {
  readonly site: BaseSite;
  readonly cause: Cause;
  /** The site without the cause; the one it was put into unless told. */
  readonly control?: BaseSite;
}

/** Time of a query beside its CPU and the distance, of a request beside its holds: sockets and turns on threads, ms. */
const QUERY_MS = 0.4;
const REQUEST_MS = 2.5;
/** A fault that alone takes a p95 of 250 ms is no question of load. */
const MOST_MS = 110;

export const siteTier = (base: BaseSite): string => (base.stage === 1 ? 'server' : 'web');
export const dbTier = (base: BaseSite): string => (base.stage === 1 ? 'server' : 'db');

export const cpuOf =
  (tier: string): Injection =>
  (base, target) => ({
    site: { ...base, cpu: { ...base.cpu, [tier]: cpuFor(base, tier, target) } },
    cause: { tier, resource: 'cpu' },
  });

/** Most requests stick to one web server: its CPU ends, and its peers' does not. */
export const alone: Injection = (base, target, chance) => {
  const pinned = chance.between(0.65, 0.85);
  const ownShare = pinned + (1 - pinned) / base.webs;
  return {
    site: {
      ...base,
      cpu: { ...base.cpu, web: cpuFor({ ...base, webs: 1 }, 'web', target * ownShare) },
      model: { ...base.model, pinned },
    },
    cause: { tier: 'web', resource: 'cpu', alone: true },
  };
};

/** Edges of a region are down: the site sends its files, and the web servers have no room for them; the balancer has. */
export const edgesDown: Injection = (base, target) => {
  // Users of the two regions arrive in turn.
  const site = withDemand({ ...base, unsent: 0.5 });
  const lb = cpuFor(withDemand(site, CALM_WAKES), 'lb', 1.5 * target);
  const cpu = { ...base.cpu, web: cpuFor(site, 'web', target), lb };
  return { site: { ...site, cpu }, control: { ...base, cpu }, cause: { tier: 'web', resource: 'cpu' } };
};

/** Few connections that are held long: over a distance, or while the transaction waits for somebody. */
export const pool: Injection = (base, target, chance) => {
  const size = chance.of([1, 1, 2, 3]);
  const { acquisitions, queries, dbMs } = base.demand;
  const holdMs = (1000 * size * base.webs) / (target * acquisitions);
  const perHold = queries / acquisitions;
  const ownMs = (dbMs * base.model.dbCost) / acquisitions + perHold * (QUERY_MS + base.dbDistanceMs);
  const moreMs = holdMs - ownMs;
  if (moreMs < 2 || holdMs > MOST_MS) return null;
  const far = base.stage > 1 && chance.share() < 0.6;
  const site: BaseSite = far
    ? { ...base, pool: size, dbDistanceMs: base.dbDistanceMs + moreMs / perHold }
    : { ...base, pool: size, model: { ...base.model, idleInTransactionMs: moreMs } };
  return { site, cause: { tier: siteTier(base), resource: 'pool' } };
};

/** Few places at the web servers that are held over a distance. */
export const slots: Injection = (base, target, chance) => {
  const size = chance.of([1, 2, 2, 3, 4]);
  const holdMs = (1000 * size * base.webs) / (target * base.demand.requests);
  const { requests, queries } = base.demand;
  const moreMs = holdMs - REQUEST_MS - (queries / requests) * base.dbDistanceMs;
  if (moreMs < 3 || holdMs > MOST_MS) return null;
  return { site: { ...base, maxconn: size, webDistanceMs: moreMs }, cause: { tier: 'lb', resource: 'slots' } };
};

export const lock: Injection = (base, target, chance) => {
  const share = chance.of([0.3, 0.6, 1]);
  const holdMs = 1000 / (target * base.demand.acquisitions * share) - base.model.flushMs * 1.1;
  if (holdMs < 1 || holdMs > MOST_MS / 2) return null;
  return { site: { ...base, model: { ...base.model, hotRow: { share, holdMs } } }, cause: { tier: dbTier(base), resource: 'lock' } };
};

/** A synchronous wait in a handler. */
export const eventLoop: Injection = (base, target, chance) => {
  const share = chance.of([0.3, 0.5, 1]);
  // Its CPU takes the thread too: a little when nothing stops it.
  const ownMs = (base.demand.webCpuMs + 0.5 * base.demand.requests * base.model.webWakeMs) / base.demand.requests;
  const ms = ((1000 * base.webs) / (target * base.demand.requests) - ownMs) / share;
  if (ms < 2 || ms > MOST_MS / 3) return null;
  return { site: { ...base, model: { ...base.model, block: { share, ms } } }, cause: { tier: siteTier(base), resource: 'event-loop' } };
};

/** A heap with no room left: Node collects all of it again and again. */
export const heap: Injection = (base, target, chance) => {
  const tier = siteTier(base);
  const cpuMs = (base.cpu[tier] ?? 0) * 100 * base.webs;
  const other = base.stage === 1 ? base.demand.webCpuMs + base.demand.dbCpuMs : base.demand.webCpuMs;
  const moreMs = (cpuMs / target - other) / base.demand.requests;
  // Less than this of the CPU is what a busy heap costs anyway.
  if (moreMs * base.demand.requests < 0.7 * other) return null;
  const every = chance.of([10, 20, 30]);
  // Of what churns in a full heap, other threads than the main one were seen to collect two thirds; where it is copied, fewer.
  const helped = chance.between(0.2, 0.7);
  const collection = {
    ...base.model.collection,
    fullEvery: every,
    fullMs: (1 - helped) * moreMs * every,
    helpersMs: helped * moreMs * every,
  };
  const memory = { ...base.model.memory, [tier]: chance.between(0.6, 0.95) };
  return { site: { ...base, model: { ...base.model, collection, memory } }, cause: { tier, resource: 'memory' } };
};

/** Memory too small for the data: pages are read again and again. */
export const reclaim: Injection = (base, target, chance) => {
  const tier = dbTier(base);
  const slow = disk(base, target, chance);
  if (slow === null) return null;
  const model = {
    ...slow.site.model,
    memory: { ...base.model.memory, [tier]: chance.between(0.97, 0.995) },
    memoryFailuresPerS: { ...base.model.memoryFailuresPerS, [tier]: chance.between(80, 300) },
  };
  return { site: { ...slow.site, model }, cause: { tier, resource: 'memory' } };
};

/** A disk that reads slowly what memory does not have. */
export const disk: Injection = (base, target, chance) => {
  const missShare = chance.of([0.3, 0.6, 1]);
  const readMs = 1000 / (target * base.demand.queries * missShare);
  if (readMs > MOST_MS / 2) return null;
  // A full page cache over a slow disk is what too little memory looks like: nothing measured tells them apart.
  const memory = { ...base.model.memory, [dbTier(base)]: chance.between(0.2, 0.8) };
  return { site: { ...base, model: { ...base.model, missShare, readMs, memory } }, cause: { tier: dbTier(base), resource: 'disk' } };
};

/** Demand after an injection that changes what an arrival costs. */
export function withDemand(site: BaseSite, wakesLeft?: number): BaseSite {
  return { ...site, demand: arrivalDemand(site.profile, site, site.model, wakesLeft) };
}
