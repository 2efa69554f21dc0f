import {
  HEALTHY,
  simulatedHaproxy,
  simulatedPostgres,
  simulatedSite,
  type Assumed,
  type Demand,
  type HaproxyModel,
  type PostgresModel,
  type SimulatedModel,
  type SiteModel,
} from '@loadstair/components';
import type { Chance } from '@loadstair/simulation-engine';
import type { Topology } from '@loadstair/topology';
import { arrivalDemand, CALM_WAKES, FULL_WAKES } from './arrival-demand.ts';
import type { CaseSite } from './simulated-stage.ts';

/** The photo site of a case. Some of what a stage has not got is drawn all the same. */
export interface PhotoSite extends CaseSite {
  readonly topology: Topology;
  readonly model: PhotoModel;
  readonly webs: number;
  readonly demand: Demand;
  readonly pool: number;
  /** Connections that each database server accepts; null is as many as it does by itself. */
  readonly connections: number | null;
  readonly maxconn: number;
  readonly dbDistanceMs: number;
  readonly webDistanceMs: number;
  /** A replica replays on purpose so much later: it is behind, and reads are not slower for it. */
  readonly replayDelayMs: number;
  /** What arithmetic takes to be true of caches and edges, where there are any. */
  readonly assumed: Omit<Assumed, 'wakesLeft'>;
}

export interface PhotoModel extends SimulatedModel {
  readonly components: {
    readonly site: SiteModel;
    readonly postgres: PostgresModel;
    readonly haproxy: HaproxyModel;
  };
}

/** What the sites of a stage are like. */
export interface SiteTraits {
  readonly topology: Topology;
  /** In the order in which chance is drawn for them. */
  readonly tiers: readonly string[];
  /** The tier of the web servers, and how many there may be. */
  readonly webTier: string;
  readonly webs: readonly number[];
  /** Tiers that must hold what a cache misses while it is empty. */
  readonly behindCache: readonly string[];
  /** Lab CPUs below which no host is, though few ask it. */
  readonly leastCpu: number;
  readonly databaseMayBeFar: boolean;
  readonly replicasMayBeLate: boolean;
  readonly hasCache: boolean;
}

/** A cache with room and time for everything that is asked for; edges that send all files. */
const ALL_WELL = { missed: 0.05, unsent: 0 } as const;
/** CPU of one lab CPU in a second, ms. */
const LAB_CPU_MS = 100;

/** Loads at which a step of 12 s has the 600 requests a p95 needs, with room to spare. */
export const HEAVY_LOADS = [48, 80] as const;
/** More where web servers have little to do: on a smaller host one collection would be the limit. */
export const LIGHT_LOADS = [95, 130] as const;

/**
 * @param target load the cause will allow, arrivals/s
 * @param room how much more than that everything else holds, at least
 */
export function photoSite(traits: SiteTraits, chance: Chance, profile: string, target: number, room: number): PhotoSite {
  const { topology, tiers } = traits;
  const memory: Record<string, number> = {};
  for (const tier of tiers) memory[tier] = chance.share() < 0.25 ? chance.between(0.9, 0.99) : chance.between(0.1, 0.6);
  const [webCost, dbCost, balancerMs, flushMs] = [
    chance.between(0.85, 1.25),
    chance.between(0.85, 1.25),
    chance.between(0.13, 0.22),
    chance.between(0.8, 2.5),
  ];
  const model: PhotoModel = {
    components: {
      site: { ...simulatedSite.healthy, cost: webCost },
      postgres: {
        ...simulatedPostgres.healthy,
        cost: dbCost,
        flushMs,
        // Likes of one photo meet now and then.
        hotRow: chance.share() < 0.3 ? { share: chance.between(0.03, 0.1), holdMs: chance.between(0.5, 3) } : null,
      },
      haproxy: { ...simulatedHaproxy.healthy, requestMs: balancerMs },
    },
    memory,
    // A full page cache fails allocations all day and nobody waits for it.
    memoryFailuresPerS: Object.fromEntries(tiers.map((tier) => [tier, (memory[tier] ?? 0) > 0.9 ? chance.between(0, 20) : 0])),
    things: traits.hasCache ? chance.whole(60, 120) : HEALTHY.things,
  };
  const webs = drawn(chance, traits.webs);
  const calm = arrivalDemand(topology, profile, model, { ...ALL_WELL, wakesLeft: CALM_WAKES });
  // A cache is empty at first, and databases must bear that.
  const cold = arrivalDemand(topology, profile, model, { ...ALL_WELL, missed: 1, wakesLeft: CALM_WAKES });
  // Every second host stands close above the limit: busy, throttled, innocent.
  const margin = (): number => room * (chance.share() < 0.5 ? chance.between(1, 1.1) : chance.between(1.2, 2));
  const cpu: Record<string, number> = {};
  for (const tier of tiers) {
    const demand = traits.behindCache.includes(tier) ? cold : calm;
    const hosts = tier === traits.webTier ? webs : hostsIn(topology, tier);
    cpu[tier] = Math.max(traits.leastCpu, labCpus(demand, tier, target * margin(), hosts));
  }
  return {
    topology,
    profile,
    webs,
    model,
    demand: arrivalDemand(topology, profile, model, { ...ALL_WELL, wakesLeft: FULL_WAKES }),
    cpu,
    pool: chance.of([20, 20, 10, 6]),
    connections: null,
    maxconn: chance.of([500, 100]),
    dbDistanceMs: traits.databaseMayBeFar && chance.share() < 0.25 ? chance.between(1, 4) : 0,
    webDistanceMs: 0,
    replayDelayMs: traits.replicasMayBeLate && chance.share() < 0.6 ? Math.round(chance.between(200, 3000)) : 0,
    assumed: ALL_WELL,
  };
}

/** One of a list; where there is only one, nothing is drawn. */
export function drawn<One>(chance: Chance, list: readonly One[]): One {
  return list.length === 1 ? (list[0] as One) : chance.of(list);
}

/** Lab CPUs of one host of a tier that end at this load. */
export function labCpus(demand: Demand, tier: string, load: number, hosts: number): number {
  return Math.max(0.05, Math.min(4, Math.round((100 * load * cpuMs(demand, tier)) / LAB_CPU_MS / hosts) / 100));
}

/** CPU ms of an arrival on all hosts of a tier. */
export function cpuMs(demand: Demand, tier: string): number {
  return [...(demand.get(tier)?.cpuMs.values() ?? [])].reduce((sum, ms) => sum + ms, 0);
}

export function hostsIn(topology: Topology, tier: string): number {
  return topology.tiers.find(({ name }) => name === tier)?.count ?? 1;
}

/** Demand after a cause that changes what an arrival costs. */
export function withDemand<Site extends PhotoSite>(site: Site, wakesLeft = FULL_WAKES): Site {
  const { topology, profile, model, assumed } = site;
  return { ...site, demand: arrivalDemand(topology, profile, model, { ...assumed, wakesLeft }) };
}

/** Sizes of its hosts as `--set` texts. */
export function cpuSettings({ cpu }: CaseSite): string[] {
  return Object.entries(cpu).map(([tier, size]) => `${tier}.cpu=${size.toFixed(2)}`);
}

/** Where a component costs something else, or has a fault. */
export function withModel<Kind extends keyof PhotoModel['components']>(
  model: PhotoModel,
  kind: Kind,
  change: Partial<PhotoModel['components'][Kind]>,
): PhotoModel {
  return { ...model, components: { ...model.components, [kind]: { ...model.components[kind], ...change } } };
}
