import type { Incident, RunData, Slo, StepData, StepKind, StepLoad } from '@loadstair/analysis';
import { wordOf } from '@loadstair/components/declarations';
import type { Placement } from '@loadstair/topology';
import { growth, type ComponentWords, type Point, type ResourceInfo, type ResourceUse, type Span, type Window } from '@loadstair/resources';
import { cameIn } from './came.ts';
import { databasesIn } from './databases.ts';
import { edgesIn } from './edges.ts';
import { outOfServiceIn } from './out-of-service.ts';
import { prometheusCoverage, samplerCoverage } from './coverage.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import { hostsOver, placementsIn, resourcesOver, shareWith, tiersOver, type Placements } from './placements.ts';
import { resourcesOf } from './resources.ts';
import type { Samples } from './samples.ts';
import { samplesAround } from './samples-around.ts';
import { machineUse, useOf } from './use.ts';

/** One step as the run saw it: what the generator did, and the window it is measured over. */
export interface MeasuredStep {
  readonly index: number;
  readonly kind: StepKind;
  readonly offered: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly load: StepLoad;
}

export interface RunFacts {
  readonly run: string;
  readonly stage: { readonly number: number; readonly slug: string };
  readonly profile: { readonly name: string; readonly slo: Slo };
  readonly budgeted: boolean;
  readonly ended: RunData['ended'];
  readonly coresPerLabCpu: number;
  /** The hosts while load ran. */
  readonly placements: Placements;
  readonly incidents: readonly Incident[];
}

/** Joins steps and samples into one step's record; coverage by Prometheus is filled in at the end of the run. */
export function stepData(step: MeasuredStep, placements: Placements, all: Samples, coresPerLabCpu: number): StepData {
  const window: Window = { startMs: step.startMs, endMs: step.endMs, blockS: step.load.blockS };
  const samples = samplesAround(all, window);
  const parts = placementsIn(placements, window).map((part) => ({ ...part, resources: resourcesOf(part.placement, coresPerLabCpu) }));
  const presence = Object.fromEntries(
    hostsOver(placements).flatMap((host) => {
      const share = shareWith(parts, ({ placement }) => placement.hosts.some(({ name }) => name === host));
      return share === 1 ? [] : [[host, share]];
    }),
  );
  return {
    ...step,
    machine: machineUse(samples, window),
    use: resourcesOver(placements, coresPerLabCpu).flatMap((resource) => useWithin(resource, parts, samples, window) ?? []),
    ...edgesIn(parts.at(-1)?.placement ?? placements.first, samples, window),
    ...databasesIn(samples, window),
    ...outOfServiceIn(samples, window),
    ...cameIn(parts.at(-1)?.placement ?? placements.first, samples, window),
    ...(Object.keys(presence).length === 0 ? {} : { presence }),
    coverage: { prometheus: 1, sampler: samplerCoverage(samples, step.startMs, step.endMs) },
  };
}

/** Use of a resource in the part of a window in which it was there, of the limit that it had there. */
function useWithin(
  resource: ResourceInfo,
  parts: readonly (Span & { readonly resources: readonly ResourceInfo[] })[],
  samples: Samples,
  window: Window,
): ResourceUse | null {
  const there = parts.flatMap(({ resources, startMs, endMs }) =>
    resources.filter(({ id }) => id === resource.id).map(({ limit }) => ({ limit, startMs, endMs })),
  );
  const [first, last] = [there[0], there.at(-1)];
  if (first === undefined || last === undefined) return null;
  const limit = meanLimit(there);
  const within = { ...window, startMs: first.startMs, endMs: last.endMs };
  const use = useOf({ ...resource, limit }, samples, within);
  if (use === null) return null;
  // Blocks that do not tile the window say nothing of what came back in it.
  const whole = within.startMs === window.startMs && within.endMs === window.endMs;
  return { ...use, ...(whole ? {} : { blocks: [] }), ...(limit === null || limit === resource.limit ? {} : { limit }) };
}

function meanLimit(there: readonly (Span & { readonly limit: number | null })[]): number | null {
  if (there.every(({ limit }) => limit === there[0]?.limit)) return there[0]?.limit ?? null;
  const total = there.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return there.reduce((sum, { limit, startMs, endMs }) => sum + ((limit ?? 0) * (endMs - startMs)) / total, 0);
}

/** Everything `diagnose` needs, from what was measured. Reads Prometheus only for how complete its scrapes are. */
export async function buildRunData(
  facts: RunFacts,
  steps: readonly MeasuredStep[],
  samples: Samples,
  prometheus: PrometheusClient,
): Promise<RunData> {
  const cores = samples.readings.at(-1)?.machine.cores ?? 1;
  const withCoverage = await Promise.all(
    steps.map(async (step) => {
      const data = stepData(step, facts.placements, samples, facts.coresPerLabCpu);
      const prometheusShare = await prometheusCoverage(prometheus, step.startMs, step.endMs);
      return { ...data, coverage: { ...data.coverage, prometheus: prometheusShare } };
    }),
  );
  return {
    schema: 1,
    run: facts.run,
    stage: facts.stage,
    profile: { ...facts.profile, arrivals: 'poisson' },
    budgeted: facts.budgeted,
    ended: facts.ended,
    machine: {
      cores,
      maxLabCores: maxLabCores(facts),
    },
    tiers: tiersOver(facts.placements),
    links: facts.placements.first.topology.links.map(({ from, to }) => ({ from, to })),
    words: wordsOver(facts.placements),
    resources: resourcesOver(facts.placements, facts.coresPerLabCpu),
    steps: withCoverage,
    incidents: facts.incidents,
    observer: observerOf(steps, samples),
  };
}

/** What people call the components on the hosts, as they declare it. */
function wordsOver({ first, changes }: Placements): ComponentWords {
  const hosts = [first, ...changes.map(({ placement }) => placement)].flatMap((placement) => placement.hosts);
  const kinds = new Set(hosts.flatMap(({ tierSpec }) => tierSpec.components));
  return Object.fromEntries([...kinds].map((kind) => [kind, wordOf(kind)]));
}

/** The most that the hosts of one moment could use together. */
function maxLabCores({ placements: { first, changes }, coresPerLabCpu }: RunFacts): number {
  const coresOf = ({ hosts }: Placement): number => hosts.reduce((sum, host) => sum + host.tierSpec.cpu * coresPerLabCpu, 0);
  return Math.max(coresOf(first), ...changes.map(({ placement }) => coresOf(placement)));
}

/** Cores the lab's own programs used while load ran. */
function observerOf(steps: readonly MeasuredStep[], samples: Samples): RunData['observer'] {
  const loaded = steps.filter((step) => step.kind === 'load');
  const startMs = loaded[0]?.startMs;
  const endMs = loaded.at(-1)?.endMs;
  const cores = (part: string): number => {
    if (startMs === undefined || endMs === undefined) return 0;
    const points: Point[] = samples.readings.map((one) => ({ atMs: one.atMs, value: one.lab[part] ?? 0 }));
    return (growth(points, startMs, endMs) ?? 0) / ((endMs - startMs) / 1000);
  };
  return { labdCores: cores('labd'), prometheusCores: cores('prometheus'), samplerCores: 0 };
}
