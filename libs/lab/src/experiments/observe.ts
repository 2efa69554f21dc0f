import { fared, growth, type Span } from '@loadstair/resources';
import {
  demandsOf,
  diagnose,
  gate,
  OF_ONE_STEP,
  quantile,
  type GateCheck,
  type Interval,
  type RunData,
  type StepData,
  type Verdict,
} from '@loadstair/analysis';
import { cacheTiers, declarations, wordOf } from '@loadstair/components/declarations';
import type { AtOnce, Experiment, Observed, ObservedHost, ObservedPhase, ObservedRequest, Phase, Steady } from '@loadstair/experiments';
import { isFailure, isWrite, stepLoad, TIMEOUT_MS, wasSent, type StepRecord } from '@loadstair/load';
import { buildRunData, resourcesOf, samplesAround, stepData, still, useOf, type MeasuredStep, type Samples } from '@loadstair/measure';
import { priceOf, readPrices, stageByNumber, trafficIn, trafficPrice } from '@loadstair/stages';
import { applySettings, CORES_PER_LAB_CPU, groupOf, tierByRole, type PlacedHost } from '@loadstair/topology';
import type { DriveContext } from '../load/drive-context.ts';
import { sampledUntil } from '../load/settle.ts';
import type { Driven, DrivenPhase } from './drive-experiment.ts';

export interface Seen {
  readonly observed: Observed;
  /** Of the validity gate: those that do not depend on a climb, or on hosts staying as they are. */
  readonly checks: readonly GateCheck[];
  readonly runData: RunData;
  readonly verdict: Verdict;
}

/** What is not measured after a phase began and after its actions ended: readings are a second apart, hosts settle. */
const SETTLE_MS = 2_000;
const LEAST_STEADY_MS = 1_500;
const JUDGED: readonly GateCheck['code'][] = ['UNBUDGETED', ...OF_ONE_STEP];

/** Makes of rows and samples what an experiment is judged by. */
export async function observe(context: DriveContext, experiment: Experiment, driven: Driven): Promise<Seen> {
  const { session, profile } = context;
  const { samples } = session.sampler;
  const endMs = driven.phases.at(-1)?.endMs ?? driven.startMs;
  await sampledUntil(session, endMs, context.signal);
  const phases = driven.phases.map((one): ObservedPhase => {
    const { name } = one.phase;
    return {
      name,
      startMs: one.startMs,
      endMs: one.endMs,
      offered: one.step.rate,
      steady: steadyOf(context, driven, one),
      atOnce: atOnceOf(context, driven, one),
    };
  });
  const observed: Observed = {
    slo: profile.slo,
    phases,
    actions: driven.actions,
    requests: driven.phases.flatMap(({ record, startMs, step }) => requestsOf(record, startMs + step.holdS * 1000)),
  };
  const runData = await buildRunData(
    {
      run: context.run,
      stage: { number: experiment.stage, slug: experiment.name },
      profile: { name: profile.name, slo: profile.slo },
      budgeted: session.site.budgeted,
      ended: 'finished',
      coresPerLabCpu: CORES_PER_LAB_CPU,
      placements: still(driven.phases[0]?.placement ?? session.site.placement),
      incidents: session.incidents.filter((incident) => incident.atMs >= driven.idle.startMs && incident.atMs <= endMs),
    },
    driven.phases.map((one) => measured(context, one, { startMs: one.startMs + one.step.settleS * 1000, endMs: one.endMs })),
    samples,
    session.prometheus,
  );
  const empty = runData.steps.length === 0;
  return {
    observed,
    runData,
    checks: empty ? [] : checksOf(runData),
    verdict: empty ? { kind: 'none-in-range', highest: 0, closest: null, evidence: [] } : diagnose(runData),
  };
}

/** Hosts come and go on purpose here, and nothing is read from Prometheus. */
function checksOf(run: RunData): GateCheck[] {
  const judged: RunData = {
    ...run,
    steps: run.steps.map((step) => ({ ...step, coverage: { ...step.coverage, prometheus: 1 } })),
    incidents: run.incidents.filter(({ kind }) => ['lab-program-died', 'oom', 'limit-changed'].includes(kind)),
  };
  return gate(judged).filter((check) => JUDGED.includes(check.code));
}

function measured({ seed, profile }: DriveContext, one: DrivenPhase, window: Span): MeasuredStep {
  const { step, record } = one;
  const load = stepLoad(record, { seed, journeys: profile.journeys, logged: true }, step, window);
  return { index: step.index, kind: 'load', offered: step.rate, ...window, load };
}

/** Every request; arrivals that began and were never answered are failed ones. */
function requestsOf(record: StepRecord, stepEndMs: number): ObservedRequest[] {
  const answered = new Set(record.rows.filter((row) => row.last).map((row) => row.arrival));
  const rows = record.rows.map((row) => ({
    dueMs: row.dueMs,
    endMs: row.dueMs + row.latencyMs,
    failed: isFailure(row),
    write: isWrite(row.name),
    last: row.last && wasSent(row),
  }));
  const open = [...record.late.keys()].filter((arrival) => !answered.has(arrival));
  // Which of its requests hung is not known; it did so before the generator was stopped.
  return [...rows, ...open.map(() => ({ dueMs: Math.min(stepEndMs, record.asOfMs - TIMEOUT_MS), endMs: record.asOfMs, failed: true }))];
}

function steadyOf(context: DriveContext, driven: Driven, one: DrivenPhase): Steady | null {
  const actedMs = Math.max(one.startMs, ...driven.actions.filter(({ phase }) => phase === one.phase.name).map(({ endedMs }) => endedMs));
  const window = { startMs: actedMs + Math.max(SETTLE_MS, one.phase.effectMs ?? 0), endMs: one.endMs };
  if (window.endMs - window.startMs < LEAST_STEADY_MS) return null;
  const { samples } = context.session.sampler;
  const step = measured(context, one, window);
  const data = stepData(step, still(one.placement), samples, CORES_PER_LAB_CPU);
  const { priced } = one.phase;
  return {
    ...window,
    offered: step.offered,
    achieved: step.load.completed / ((window.endMs - window.startMs) / 1000),
    requests: step.load.requests,
    failed: step.load.failed,
    stale: step.load.stale ?? 0,
    cache: cacheOf(one, samples, window),
    ...trafficOf(data),
    ...(data.databases === undefined ? {} : { databases: data.databases }),
    quantileMs: quantile(step.load.latency, context.profile.slo.quantile),
    hosts: one.placement.hosts.map((host) => observedHost(host, one, driven, samples, window)),
    use: data.use,
    saturation: saturationOf(context, driven, one, data),
    pricePerMonth: priced === undefined ? null : priceOfTiers(priced),
  };
}

function priceOfTiers({ stage, set, tiers }: NonNullable<Phase['priced']>): number {
  const topology = applySettings(stageByNumber(stage).topology, set, declarations);
  return priceOf({ ...topology, tiers: topology.tiers.filter(({ name }) => tiers.includes(name)) }, readPrices());
}

/** By region and edge, and what such traffic costs; nothing where there are no edges. */
function trafficOf(data: StepData): Partial<Steady> {
  const { edges, originBytes } = data;
  const sent = trafficIn(data);
  if (edges === undefined || originBytes === undefined || sent === null) return {};
  return { regions: data.load.byRegion ?? [], edges, originBytes, trafficPerMonth: trafficPrice(sent, readPrices()).all };
}

/** So long counts as at once. */
const AT_ONCE_MS = 3_000;

function atOnceOf({ session }: DriveContext, driven: Driven, one: DrivenPhase): AtOnce | null {
  const last = driven.actions.findLast(({ phase }) => phase === one.phase.name);
  if (last === undefined) return null;
  const window = { startMs: last.beganMs, endMs: last.beganMs + AT_ONCE_MS };
  if (window.endMs > one.endMs) return null;
  const { samples } = session.sampler;
  return {
    ...window,
    databaseCores: one.placement.hosts
      .filter((host) => groupOf(one.placement.topology, host.tier) !== null)
      .reduce((sum, host) => sum + observedHost(host, one, driven, samples, window).cores, 0),
    cache: cacheOf(one, samples, window),
  };
}

/** How the cache tier fared in a window; null where there is none, or nobody asked it. */
function cacheOf({ placement }: DrivenPhase, samples: Samples, window: Span): ReturnType<typeof fared> {
  const [tier] = cacheTiers(placement.topology);
  if (tier === undefined) return null;
  const resources = resourcesOf(placement, CORES_PER_LAB_CPU).filter((resource) => resource.kind === 'hit-ratio');
  const use = resources.flatMap((resource) => useOf(resource, samples, { ...window, blockS: 1 }) ?? []);
  return fared({ resources }, tier.name, { ...window, use });
}

function observedHost(host: PlacedHost, one: DrivenPhase, driven: Driven, samples: Samples, window: Span): ObservedHost {
  const limit = host.tierSpec.cpu * CORES_PER_LAB_CPU;
  const cpu = resourcesOf(one.placement, CORES_PER_LAB_CPU).find((resource) => resource.kind === 'cpu' && resource.host === host.name);
  const useIn = (span: Span): ReturnType<typeof useOf> => (cpu === undefined ? null : useOf(cpu, samples, { ...span, blockS: 1 }));
  const now = useIn(window);
  const idle = useIn(driven.idle);
  return {
    host: host.name,
    tier: tierByRole(one.placement, host),
    alive: one.alive.has(host.name),
    group: groupOf(one.placement.topology, host.tier)?.name ?? null,
    cores: Math.max(0, ((now?.busy ?? 0) - (idle?.busy ?? 0)) * limit),
    byComponent: inWords(now?.kind === 'cpu' ? (now.byComponent ?? {}) : {}),
    served: servedBy(samples, host.name, window),
  };
}

function inWords(byComponent: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(byComponent).map(([kind, cores]) => [wordOf(kind), cores]));
}

/** What all that spread work gave a host in a window; null where nobody counts it. */
function servedBy(samples: Samples, host: string, { startMs, endMs }: Span): number | null {
  const counting = samplesAround(samples, { startMs, endMs }).soft.filter(({ servedBy: counts }) => counts !== undefined);
  const givers = new Set(counting.filter((sample) => sample.servedBy?.[host] !== undefined).map((sample) => sample.host));
  const given = [...givers].flatMap((giver) => {
    // Who does not know the host yet has given it nothing.
    const points = counting
      .filter((sample) => sample.host === giver)
      .map((sample) => ({ atMs: sample.atMs, value: sample.servedBy?.[host] ?? 0 }));
    return growth(points, startMs, endMs) ?? [];
  });
  return given.length === 0 ? null : given.reduce((sum, one) => sum + one, 0);
}

/** By tier, where its first host would be full: the law of utilisation on this phase alone, against the seconds without load. */
function saturationOf(context: DriveContext, driven: Driven, one: DrivenPhase, data: StepData): Steady['saturation'] {
  const living = { ...one.placement, hosts: one.placement.hosts.filter((host) => one.alive.has(host.name)) };
  const resources = resourcesOf(living, CORES_PER_LAB_CPU).filter((resource) => resource.kind === 'cpu');
  const { samples } = context.session.sampler;
  const nothing = stepLoad(
    { rows: [], late: new Map(), beganMs: driven.idle.startMs, asOfMs: driven.idle.endMs },
    { seed: 0, journeys: {} },
    { ...one.step, rate: 0 },
    driven.idle,
  );
  const idle = stepData({ index: 0, kind: 'idle', offered: 0, ...driven.idle, load: nothing }, still(living), samples, CORES_PER_LAB_CPU);
  const run: RunData = {
    schema: 1,
    run: context.run,
    stage: { number: context.stage, slug: '' },
    profile: { name: context.profile.name, slo: context.profile.slo, arrivals: 'poisson' },
    budgeted: true,
    ended: 'finished',
    machine: { cores: 1, maxLabCores: 1 },
    tiers: [],
    links: [],
    resources,
    steps: [idle, data],
    incidents: [],
    observer: { labdCores: 0, prometheusCores: 0, samplerCores: 0 },
  };
  const byTier: Record<string, { load: number; interval: Interval }> = {};
  for (const { resource, saturation, interval } of demandsOf(run, null)) {
    const least = byTier[resource.tier];
    if (least === undefined || saturation < least.load) byTier[resource.tier] = { load: saturation, interval };
  }
  return byTier;
}
