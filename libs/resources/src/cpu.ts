import { growth } from './counter.ts';
import { componentWord, percent } from './words.ts';
import { usualFacts, type Fact, type Finding, type FactSteps } from './facts.ts';
import { AT_LIMIT, NEAR, THROTTLED } from './limits.ts';
import { defineResource, hundredfold } from './module.ts';
import { useIn, useOnHost, type Resource, type Use, type UsedRun, type UsedStep } from './resource.ts';
import type { Samples } from './samples.ts';
import type { Window } from './counter.ts';
import { blocksOf, hostSeries } from './series.ts';

export interface CpuUse extends Use {
  readonly kind: 'cpu';
  /** Share of 100 ms periods that were throttled. */
  readonly throttledShare?: number;
  /** Cores used by each component of the host. */
  readonly byComponent?: Readonly<Record<string, number>>;
  /** Names of programs on the host that are none of its components; absent where none was seen. */
  readonly strangers?: readonly string[];
}

/** From here on a CPU is full whatever its throttling says. */
const SATURATED = 0.97;
/** Share of throttled periods in which a CPU at its limit is full. */
const FULL_THROTTLED = 0.4;

/** The CPU budget of a host. */
export const cpu = defineResource<CpuUse>({
  kind: 'cpu',
  word: 'CPU',
  counted: (resources) => `CPU of ${resources.length === 1 ? resources[0]?.host : `${resources.length} hosts`}`,
  fullAt: 0.95,
  prominence: 'first',
  more: 'cpu',
  use: cpuUse,
  isNear: ({ busy }) => busy >= NEAR,
  isFull: ({ busy, throttledShare = 0 }) => busy >= SATURATED || (busy >= AT_LIMIT && throttledShare >= FULL_THROTTLED),
  atLimit: ({ busy }) => busy >= AT_LIMIT,
  measures: [{ words: 'throttled CPU periods, %', of: ({ throttledShare }) => hundredfold(throttledShare) }],
  signs: ({ throttledShare = 0 }) =>
    throttledShare >= THROTTLED ? [`throttled in ${percent(throttledShare)} of its 100 ms CPU periods`] : [],
  facts: cpuFacts,
  query: ({ host }) =>
    `rate(container_cpu_usage_seconds_total{host="${host}"}[15s]) / (container_spec_cpu_quota{host="${host}"} / container_spec_cpu_period{host="${host}"})`,
});

/** The highest CPU use of a host in some steps. */
export function cpuBusy(run: Pick<UsedRun, 'resources'>, host: string, steps: readonly UsedStep[]): number {
  return Math.max(0, ...steps.map((step) => useOnHost(run, step, host, cpu)?.busy ?? 0));
}

function cpuUse(resource: Resource, samples: Samples, window: Window): CpuUse | null {
  const { limit } = resource;
  if (limit === null) return null;
  const series = hostSeries(samples, resource.host);
  const within = (points: ReturnType<typeof series>): number | null => growth(points, window.startMs, window.endMs);
  const seconds = series((host) => host.cpuSeconds);
  const busyOver = (startMs: number, endMs: number): number | null => {
    const used = growth(seconds, startMs, endMs);
    return used === null ? null : used / (((endMs - startMs) / 1000) * limit);
  };
  const busy = busyOver(window.startMs, window.endMs);
  if (busy === null) return null;
  const periods = within(series((host) => host.periods));
  const throttled = within(series((host) => host.throttledPeriods));
  const components = Object.keys(samples.readings.at(-1)?.hosts.find(({ host }) => host === resource.host)?.cpuSecondsByComponent ?? {});
  const lasted = (window.endMs - window.startMs) / 1000;
  const byComponent = Object.fromEntries(
    components.map((component) => [component, (within(series((host) => host.cpuSecondsByComponent[component] ?? 0)) ?? 0) / lasted]),
  );
  return {
    kind: 'cpu',
    resource: resource.id,
    busy,
    blocks: blocksOf(window, busyOver),
    throttledShare: periods === null || periods === 0 ? 0 : (throttled ?? 0) / periods,
    byComponent,
    ...strangersIn(resource.host, samples, window),
  };
}

function strangersIn(host: string, { readings }: Samples, { startMs, endMs }: Window): Pick<CpuUse, 'strangers'> {
  const names = readings
    .filter(({ atMs }) => atMs >= startMs && atMs <= endMs)
    .flatMap(({ hosts }) => hosts.find((reading) => reading.host === host)?.strangers ?? []);
  return names.length === 0 ? {} : { strangers: [...new Set(names)] };
}

function cpuFacts(finding: Finding, steps: FactSteps): Fact[] {
  const { busy, perArrival, waiting } = usualFacts(finding, steps, 'budget');
  const use = useIn(steps.step, finding.resource.id) as CpuUse | null;
  const split = Object.entries(use?.byComponent ?? {});
  const total = split.reduce((sum, [, cores]) => sum + cores, 0);
  const throttled = use?.throttledShare ?? 0;
  const facts = [...busy, ...perArrival];
  if (split.length > 1 && total > 0)
    facts.push({
      text: `${finding.name} splits ${split.map(([component, cores]) => `${componentWord(component, steps.run.words)} ${percent(cores / total)}`).join(', ')}`,
      value: null,
      limit: null,
      baseline: null,
      unit: 'share of use',
    });
  if (throttled > 0)
    facts.push({
      text: `throttled in ${percent(throttled)} of its 100 ms CPU periods`,
      value: throttled,
      limit: null,
      baseline: null,
      unit: 'share of periods',
    });
  return [...facts, ...waiting];
}
