import type { Chance } from '../engine/chance.ts';
import { HEALTHY, type SiteModel } from '../site/model.ts';
import { arrivalDemand, type ArrivalDemand } from './demand.ts';

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
}

/** CPU of one lab CPU in a second, ms. */
const LAB_CPU_MS = 100;

/** Loads at which a step of 12 s has the 600 requests a p95 needs, with room to spare. */
export function targetLoad(chance: Chance, profile: string): number {
  return profile === 'reads' ? chance.between(95, 130) : chance.between(48, 80);
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
  };
  const webs = stage === 3 ? chance.of([2, 2, 2, 3]) : 1;
  const demand = arrivalDemand(profile, stage === 3, model);
  // A host that is not full wakes up for nearly every request: what it needs is more than when it is.
  const calm = arrivalDemand(profile, stage === 3, model, 0.5);
  // Every second host stands close above the limit: busy, throttled, innocent.
  const margin = (): number => room * (chance.share() < 0.5 ? chance.between(1, 1.1) : chance.between(1.2, 2));
  const cpu: Record<string, number> = {};
  for (const tier of tiersOf(stage)) cpu[tier] = cpuFor(calm, tier, webs, target * margin());
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
  };
}

export function tiersOf(stage: number): readonly string[] {
  return stage === 1 ? ['server'] : stage === 2 ? ['web', 'db'] : ['lb', 'web', 'db'];
}

/** Lab CPUs of one host of a tier that end at this load. */
export function cpuFor(demand: ArrivalDemand, tier: string, webs: number, load: number): number {
  return Math.max(0.05, Math.min(4, Math.round((100 * load * cpuMs(demand, tier)) / LAB_CPU_MS / (tier === 'web' ? webs : 1)) / 100));
}

/** Load at which a tier's CPU is used up. */
export function cpuCapacity(base: BaseSite, tier: string): number {
  return ((base.cpu[tier] ?? 0) * LAB_CPU_MS * (tier === 'web' ? base.webs : 1)) / cpuMs(base.demand, tier);
}

function cpuMs(demand: ArrivalDemand, tier: string): number {
  return tier === 'server'
    ? demand.webCpuMs + demand.dbCpuMs
    : tier === 'web'
      ? demand.webCpuMs
      : tier === 'db'
        ? demand.dbCpuMs
        : demand.lbCpuMs;
}

/** The site as `--set` texts. */
export function settingsOf(base: BaseSite): string[] {
  const cpu = Object.entries(base.cpu).map(([tier, size]) => `${tier}.cpu=${size.toFixed(2)}`);
  const site = base.stage === 1 ? 'server' : 'web';
  return [
    ...cpu,
    `${site}.pool=${base.pool}`,
    ...(base.stage === 3 ? [`web.count=${base.webs}`, `lb.maxconn=${base.maxconn}`] : []),
    ...(base.stage > 1 && base.dbDistanceMs > 0 ? [`db.distance=${base.dbDistanceMs.toFixed(1)}`] : []),
    ...(base.stage === 3 && base.webDistanceMs > 0 ? [`web.distance=${base.webDistanceMs.toFixed(1)}`] : []),
  ];
}
