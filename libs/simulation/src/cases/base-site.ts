import { stageByNumber } from '@loadstair/stages';
import { userPlaces } from '@loadstair/topology';
import type { Chance } from '../engine/chance.ts';
import { HEALTHY, type SiteModel } from '../site/model.ts';
import { arrivalDemand, CALM_WAKES, REPLICAS, type ArrivalDemand } from './demand.ts';

/** A healthy site that holds more than what will be put into it, with things that only look like causes. */
export interface BaseSite {
  readonly stage: number;
  readonly profile: string;
  readonly webs: number;
  readonly model: SiteModel;
  readonly demand: ArrivalDemand;
  /** Lab CPUs of one host, by tier. */
  readonly cpu: Readonly<Record<string, number>>;
  readonly pool: number;
  readonly maxconn: number;
  readonly dbDistanceMs: number;
  readonly webDistanceMs: number;
  /** A replica replays on purpose so much later: it is behind, and reads are not slower for it. */
  readonly replayDelayMs: number;
  /** Of one cache server: MiB for entries, and s that they live. */
  readonly cacheMiB: number;
  readonly cacheTtlS: number;
  /** Share of the reads that the cache does not answer, by arithmetic. */
  readonly missed: number;
  /** Share of the files that no edge sends, because those of a region are down. */
  readonly unsent: number;
}

/** Cache servers, and edges: one in each region. */
export const PAIR = 2;
/** Lab CPUs of a primary that only some write to, and of anything else few ask. */
const LEAST_CPU = 0.3;
/** Where everything that is asked for fits into the cache, and lives a minute. */
const ROOMY = { cacheMiB: 32, cacheTtlS: 60, missed: 0.05 } as const;
/** CPU of one lab CPU in a second, ms. */
const LAB_CPU_MS = 100;

/**
 * Loads at which a step of 12 s has the 600 requests a p95 needs, with room to spare; more where caches and edges leave a web
 * server little to do: on a smaller host one collection would be the limit.
 */
export function targetLoad(chance: Chance, profile: string, stage: number): number {
  const few = profile === 'reads' || profile === 'favourites' || (stage >= 5 && profile !== 'galleries');
  return few ? chance.between(95, 130) : chance.between(48, 80);
}

/**
 * @param target load the injected cause will allow, arrivals/s
 * @param room how much more than that everything else holds, at least
 */
export function baseSite(chance: Chance, stage: number, profile: string, target: number, room: number): BaseSite {
  const memory: Record<string, number> = {};
  for (const tier of tiersOf(stage)) memory[tier] = chance.share() < 0.25 ? chance.between(0.9, 0.99) : chance.between(0.1, 0.6);
  const model: SiteModel = {
    ...HEALTHY,
    webCost: chance.between(0.85, 1.25),
    dbCost: chance.between(0.85, 1.25),
    lbMs: chance.between(0.13, 0.22),
    flushMs: chance.between(0.8, 2.5),
    memory,
    // Likes of one photo meet now and then.
    hotRow: chance.share() < 0.3 ? { share: chance.between(0.03, 0.1), holdMs: chance.between(0.5, 3) } : null,
    // A full page cache fails allocations all day and nobody waits for it.
    memoryFailuresPerS: Object.fromEntries(tiersOf(stage).map((tier) => [tier, (memory[tier] ?? 0) > 0.9 ? chance.between(0, 20) : 0])),
    things: stage >= 5 ? chance.whole(60, 120) : HEALTHY.things,
  };
  const webs = stage >= 3 ? chance.of([2, 2, 2, 3]) : 1;
  const served = { stage, missed: ROOMY.missed, unsent: 0 };
  const demand = arrivalDemand(profile, served, model);
  const calm = arrivalDemand(profile, served, model, CALM_WAKES);
  // A cache is empty at first, and databases must bear that.
  const cold = arrivalDemand(profile, { ...served, missed: 1 }, model, CALM_WAKES);
  // Every second host stands close above the limit: busy, throttled, innocent.
  const margin = (): number => room * (chance.share() < 0.5 ? chance.between(1, 1.1) : chance.between(1.2, 2));
  const cpu: Record<string, number> = {};
  for (const tier of tiersOf(stage))
    cpu[tier] = Math.max(
      stage >= 4 ? LEAST_CPU : 0,
      cpuFor({ stage, webs, demand: tier === 'db-replica' ? cold : calm }, tier, target * margin()),
    );
  return {
    stage,
    profile,
    webs,
    model,
    demand,
    cpu,
    pool: chance.of([20, 20, 10, 6]),
    maxconn: chance.of([500, 100]),
    dbDistanceMs: stage > 1 && chance.share() < 0.25 ? chance.between(1, 4) : 0,
    webDistanceMs: 0,
    replayDelayMs: stage >= 4 && chance.share() < 0.6 ? Math.round(chance.between(200, 3000)) : 0,
    unsent: 0,
    ...ROOMY,
  };
}

export function tiersOf(stage: number): readonly string[] {
  if (stage === 1) return ['server'];
  if (stage === 2) return ['web', 'db'];
  return [...(stage >= 6 ? ['edge'] : []), ...['lb', 'web', 'db'], ...(stage >= 4 ? ['db-replica'] : []), ...(stage >= 5 ? ['cache'] : [])];
}

/** Lab CPUs of one host of a tier that end at this load. */
export function cpuFor(base: Pick<BaseSite, 'stage' | 'webs' | 'demand'>, tier: string, load: number): number {
  return Math.max(0.05, Math.min(4, Math.round((100 * load * cpuMs(base, tier)) / LAB_CPU_MS / hostsOf(base, tier)) / 100));
}

function hostsOf({ webs }: Pick<BaseSite, 'webs'>, tier: string): number {
  return tier === 'web' ? webs : tier === 'db-replica' ? REPLICAS : tier === 'cache' || tier === 'edge' ? PAIR : 1;
}

function cpuMs({ stage, demand }: Pick<BaseSite, 'stage' | 'demand'>, tier: string): number {
  switch (tier) {
    case 'server':
      return demand.webCpuMs + demand.dbCpuMs;
    case 'web':
      return demand.webCpuMs;
    case 'lb':
      return demand.lbCpuMs;
    case 'db-replica':
      return demand.replicasCpuMs;
    case 'cache':
      return demand.cacheCpuMs;
    case 'edge':
      return demand.edgesCpuMs;
    default:
      return stage >= 4 ? demand.primaryCpuMs : demand.dbCpuMs;
  }
}

/** Users there have a long way to the site. */
function farPlace(stage: number): string {
  return userPlaces(stageByNumber(stage).topology).at(-1) as string;
}

/** The site as `--set` texts. */
export function settingsOf(base: BaseSite): string[] {
  const cpu = Object.entries(base.cpu).map(([tier, size]) => `${tier}.cpu=${size.toFixed(2)}`);
  const site = base.stage === 1 ? 'server' : 'web';
  return [
    ...cpu,
    `${site}.pool=${base.pool}`,
    ...(base.stage >= 3 ? [`web.count=${base.webs}`, `lb.maxconn=${base.maxconn}`] : []),
    ...(base.stage > 1 && base.dbDistanceMs > 0 ? [`db.distance=${base.dbDistanceMs.toFixed(1)}`] : []),
    ...(base.stage >= 4 ? [`db-replica.count=${REPLICAS}`] : []),
    ...(base.stage >= 5
      ? [
          `cache.count=${PAIR}`,
          `cache.maxmemory=${base.cacheMiB.toFixed(4)}`,
          'cache.overprovision=0',
          `cache.ttl=${base.cacheTtlS.toFixed(2)}`,
        ]
      : []),
    ...(base.stage >= 6 ? [`edge.count=${PAIR}`] : []),
    ...(base.unsent > 0 ? [`edge.down=${farPlace(base.stage)}`] : []),
    ...(base.stage >= 4 && base.dbDistanceMs > 0 ? [`db-replica.distance=${base.dbDistanceMs.toFixed(1)}`] : []),
    ...(base.replayDelayMs > 0 ? [`db-replica.delay=${base.replayDelayMs}`] : []),
    ...(base.stage >= 3 && base.webDistanceMs > 0 ? [`web.distance=${base.webDistanceMs.toFixed(1)}`] : []),
  ];
}
