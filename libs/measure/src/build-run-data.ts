import type { Incident, RunData, Slo, StepData, StepKind, StepLoad } from '@loadstair/analysis';
import type { Placement } from '@loadstair/topology';
import { growth, type Point, type Window } from '@loadstair/resources';
import { edgesIn } from './edges.ts';
import { prometheusCoverage, samplerCoverage } from './coverage.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import { resourcesOf, tiersOf } from './resources.ts';
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
  /** As it was when load began. */
  readonly placement: Placement;
  readonly incidents: readonly Incident[];
}

/** Joins steps and samples into one step's record; coverage by Prometheus is filled in at the end of the run. */
export function stepData(step: MeasuredStep, placement: Placement, all: Samples, coresPerLabCpu: number): StepData {
  const window: Window = { startMs: step.startMs, endMs: step.endMs, blockS: step.load.blockS };
  const samples = samplesAround(all, window);
  return {
    ...step,
    machine: machineUse(samples, window),
    use: resourcesOf(placement, coresPerLabCpu).flatMap((resource) => useOf(resource, samples, window) ?? []),
    ...edgesIn(placement, samples, window),
    coverage: { prometheus: 1, sampler: samplerCoverage(samples, step.startMs, step.endMs) },
  };
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
      const data = stepData(step, facts.placement, samples, facts.coresPerLabCpu);
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
      maxLabCores: facts.placement.hosts.reduce((sum, host) => sum + host.tierSpec.cpu * facts.coresPerLabCpu, 0),
    },
    tiers: tiersOf(facts.placement),
    links: facts.placement.topology.links.map(({ from, to }) => ({ from, to })),
    resources: resourcesOf(facts.placement, facts.coresPerLabCpu),
    steps: withCoverage,
    incidents: facts.incidents,
    observer: observerOf(steps, samples),
  };
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
