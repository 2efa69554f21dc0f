import { random } from '@loadstair/kit';
import type { HeldUse, ResourceInfo, ResourceKind, ResourceUse } from '@loadstair/resources';
import type { Histogram, RunData, StepData } from '../run-data.ts';

/** A site in numbers, for tests: what an arrival costs each resource, and what each resource has. */
export interface BuiltSite {
  readonly stage: number;
  readonly tiers: readonly BuiltTier[];
  readonly links: readonly (readonly [from: string, to: string])[];
  /** Loads of the climb, arrivals/s. */
  readonly loads: readonly number[];
}

export interface BuiltTier {
  readonly name: string;
  readonly hosts: number;
  /** CPU seconds of one arrival on the whole tier, and cores of one host. */
  readonly cpuMs: number;
  readonly cores: number;
  readonly components?: Readonly<Record<string, number>>;
  readonly pool?: { readonly limit: number; readonly holdMs: number; readonly waitsOn: string };
  readonly slots?: { readonly limit: number; readonly holdMs: number; readonly waitsOn: string };
  /** Sessions waiting for a lock per arrival/s above this load. */
  readonly lockFrom?: number;
  /** Share of time the event loop is blocked per arrival/s, besides its CPU. */
  readonly blockedMs?: number;
}

/** What a use of a kind has beside what all have. */
type More<Kind extends ResourceKind> = Partial<Extract<ResourceUse, { readonly kind: Kind }>>;
type HeldNumbers = Pick<HeldUse, 'holdMs' | 'waiting' | 'waitingEnd' | 'waitMs'>;

const BLOCKS = 13;
const SLO = { quantile: 0.95, latencyMs: 250, errorShare: 0.01 } as const;

/** Mulberry32, so that built runs are the same every time. */
function noise(seed: number): () => number {
  const next = random(seed);
  return () => next() - 0.5;
}

/**
 * A run as measuring would see it: use grows with throughput, throughput ends where the first resource is full, waiting
 * travels to whoever holds something meanwhile. CPU demand falls by 15 % from idle to full, as calibration.md saw it.
 */
export function buildRun(site: BuiltSite, seed = 1): RunData {
  const random = noise(seed);
  const capacity = Math.min(...site.tiers.flatMap(limitsOf));
  const steps: StepData[] = [buildStep(site, 0, 'idle', 0, capacity, random)];
  let failing = 0;
  for (const [index, load] of site.loads.entries()) {
    steps.push(buildStep(site, index + 1, 'load', load, capacity, random));
    failing = load > capacity * 0.97 ? failing + 1 : 0;
    if (failing === 2) break;
  }
  return {
    schema: 1,
    run: 'test',
    stage: { number: site.stage, slug: 'test' },
    profile: { name: 'test', slo: SLO, arrivals: 'poisson' },
    budgeted: true,
    ended: 'finished',
    machine: { cores: 2, maxLabCores: 0.5 },
    tiers: site.tiers.map((tier) => ({ name: tier.name, hosts: hostNames(tier) })),
    links: site.links.map(([from, to]) => ({ from, to })),
    resources: site.tiers.flatMap(resourcesOf),
    steps,
    incidents: [],
    observer: { labdCores: 0.01, prometheusCores: 0.002, samplerCores: 0 },
  };
}

function limitsOf(tier: BuiltTier): number[] {
  return [
    (tier.cores * tier.hosts * 1000) / tier.cpuMs,
    ...(tier.pool === undefined ? [] : [(tier.pool.limit * tier.hosts * 1000) / tier.pool.holdMs]),
    ...(tier.slots === undefined ? [] : [(tier.slots.limit * 1000) / tier.slots.holdMs]),
    ...(tier.lockFrom === undefined ? [] : [tier.lockFrom]),
    ...(tier.blockedMs === undefined ? [] : [(tier.hosts * 1000) / tier.blockedMs]),
  ];
}

function hostNames(tier: BuiltTier): string[] {
  return Array.from({ length: tier.hosts }, (_, index) => `${tier.name}-${index + 1}`);
}

function resourcesOf(tier: BuiltTier): ResourceInfo[] {
  return hostNames(tier).flatMap((host) => {
    const of = (kind: ResourceKind, limit: number | null, waitsOn: string | null = null): ResourceInfo => ({
      id: `${host}/${kind}`,
      tier: tier.name,
      host,
      kind,
      component: null,
      limit,
      waitsOn,
    });
    return [
      of('cpu', tier.cores),
      of('memory', 256),
      of('disk', null),
      ...(tier.pool === undefined ? [] : [of('pool', tier.pool.limit, tier.pool.waitsOn), of('event-loop', 1)]),
      ...(tier.slots === undefined ? [] : [of('slots', tier.slots.limit, tier.slots.waitsOn)]),
      ...(tier.lockFrom === undefined ? [] : [of('lock', null)]),
    ];
  });
}

function buildStep(
  site: BuiltSite,
  index: number,
  kind: 'idle' | 'load',
  offered: number,
  capacity: number,
  random: () => number,
): StepData {
  const startMs = 1_000_000 + index * 16_000;
  const endMs = startMs + BLOCKS * 1000;
  const over = offered > capacity * 0.97;
  const achieved = Math.min(offered, capacity);
  const full = offered / capacity;
  // Log-normal around a middle that rises with queueing and leaps past saturation.
  const p95 = over ? 900 * full : 8 / Math.max(0.04, 1 - full);
  const requests = Math.round(achieved * BLOCKS * 1.2);
  const late = { p50Ms: 1, p99Ms: 2.5 };
  const completed = Math.round(achieved * BLOCKS);
  const meanArrivalMs = p95 / 3;
  const inFlight = (achieved * meanArrivalMs) / 1000;
  const grows = over ? (offered - achieved) * BLOCKS : 0;
  return {
    index,
    kind,
    offered,
    startMs,
    endMs,
    load: {
      planned: Math.round(offered * BLOCKS),
      started: Math.round(offered * BLOCKS),
      dropped: 0,
      completed,
      requests,
      failed: 0,
      latency: latencies(requests, p95),
      byClass: [{ name: 'feed', requests, failed: 0, plannedShare: requests === 0 ? 0 : 1, latency: latencies(requests, p95) }],
      lateness: late,
      inFlight: { start: inFlight, end: inFlight + grows, mean: inFlight + grows / 2 },
      blockS: 1,
      blocks: Array.from({ length: BLOCKS }, (_, block) => ({
        completed: Math.max(0, Math.round(achieved * (1 + 0.1 * random()))),
        inFlight: Math.round(inFlight + (grows * block) / BLOCKS + random() * 2),
        p50Ms: p95 / 4,
      })),
      meanArrivalMs,
    },
    machine: { idle: 0.85, steal: 0, outside: 0.01, generatorCores: 0.08, probeMs: 0.8 + 0.02 * random() },
    use: site.tiers.flatMap((tier) => usesOf(site, tier, achieved, offered, over, capacity, random)),
    coverage: { prometheus: 1, sampler: 1 },
  };
}

function usesOf(
  site: BuiltSite,
  tier: BuiltTier,
  achieved: number,
  offered: number,
  over: boolean,
  capacity: number,
  random: () => number,
): ResourceUse[] {
  const drop = 1.15 - 0.15 * Math.min(1, achieved / capacity);
  const cpu = Math.min(1, (achieved * tier.cpuMs * drop) / 1000 / (tier.cores * tier.hosts) + 0.004);
  // Who waits behind a saturated tier holds what it has for longer.
  const culprit = site.tiers.find((one) => Math.min(...limitsOf(one)) <= capacity * 1.001);
  const queued = over ? (offered - achieved) * BLOCKS : 0;
  const wiggle = (busy: number): number[] =>
    Array.from({ length: BLOCKS }, () => Math.min(1.02, Math.max(0, busy * (1 + 0.08 * random()))));
  return hostNames(tier).flatMap((host) => {
    const use = <Kind extends ResourceKind>(kind: Kind, busy: number, more: More<Kind> = {}): ResourceUse =>
      ({ kind, resource: `${host}/${kind}`, busy, blocks: wiggle(busy), ...more }) as ResourceUse;
    const soft = (limit: number, baseHoldMs: number, waitsOn: string): HeldNumbers & { readonly busy: number } => {
      const own = culprit === tier && Math.abs(capacity - (limit * (kindHosts(tier, limit) * 1000)) / baseHoldMs) < capacity * 0.01;
      const stretched =
        over &&
        !own &&
        culprit !== undefined &&
        (culprit.name === waitsOn || culprit.name === tier.name || behind(site, waitsOn).includes(culprit.name));
      const holdMs = stretched ? Math.max(baseHoldMs * 8, (limit * kindHosts(tier, limit) * 1000) / achieved) : baseHoldMs;
      const busy = Math.min(1, (achieved * holdMs) / 1000 / (limit * kindHosts(tier, limit)));
      return {
        busy,
        holdMs,
        waiting: busy >= 0.95 ? Math.max(2, queued / 2) : 0,
        waitingEnd: busy >= 0.95 ? queued : 0,
        waitMs: busy >= 0.95 ? 400 : 0.2,
      };
    };
    const uses = [
      use('cpu', cpu, {
        throttledShare: cpu > 0.95 ? 0.8 : cpu > 0.8 ? 0.15 : 0.02,
        ...(tier.components === undefined
          ? {}
          : { byComponent: Object.fromEntries(Object.entries(tier.components).map(([name, share]) => [name, share * cpu * tier.cores])) }),
      }),
      use('memory', 0.4, { gcShare: 0.04, memoryFailures: 0 }),
      use('disk', 0.01, { ioStall: 0.01, bytesPerS: 1000 }),
    ];
    if (tier.pool !== undefined) {
      const { busy, ...more } = soft(tier.pool.limit, tier.pool.holdMs, tier.pool.waitsOn);
      uses.push(use('pool', busy, more));
      const blocked = tier.blockedMs === undefined ? 0 : (achieved * tier.blockedMs) / 1000 / tier.hosts;
      uses.push(use('event-loop', Math.min(1, blocked + (cpu > 0.95 ? 0.95 : cpu * tier.cores * 1.4))));
    }
    if (tier.slots !== undefined) {
      const { busy, ...more } = soft(tier.slots.limit, tier.slots.holdMs, tier.slots.waitsOn);
      uses.push(use('slots', busy, more));
    }
    if (tier.lockFrom !== undefined) uses.push(use('lock', over ? 0.9 : 0.05, { waiting: over ? 12 : 0, waitingEnd: over ? 15 : 0 }));
    return uses;
  });
}

/** Slots belong to the balancer alone, a pool to every host of its tier. */
function kindHosts(tier: BuiltTier, limit: number): number {
  return tier.pool?.limit === limit ? tier.hosts : 1;
}

function behind(site: BuiltSite, tier: string): string[] {
  const next = site.links.filter(([from]) => from === tier).map(([, to]) => to);
  return [...next, ...next.flatMap((one) => behind(site, one))];
}

function latencies(count: number, p95: number): Histogram {
  const counts = new Map<number, number>();
  for (let index = 0; index < count; index += 1) {
    // Weibull-like quantiles that pass through p95 at 0.95.
    const share = (index + 0.5) / count;
    const ms = p95 * (Math.log(1 - share) / Math.log(0.05));
    const bucket = Math.max(0, Math.min(800, Math.floor(Math.log(Math.max(ms, 0.1) / 0.1) / Math.log(1.02))));
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return { scheme: 'log-1.02-from-0.1ms', counts: [...counts].sort(([a], [b]) => a - b), count };
}
