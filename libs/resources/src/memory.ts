import type { JudgedCandidate } from './candidate.ts';
import { growth, meanWithin, type Window } from './counter.ts';
import { cpu, cpuBusy } from './cpu.ts';
import { disk, stalls } from './disk.ts';
import { usualFacts, type Fact, type Finding, type FactSteps } from './facts.ts';
import { AT_LIMIT } from './limits.ts';
import { defineResource, hundredfold } from './module.ts';
import { isOf, resourceOnHost, useIn, useOnHost, type Resource, type Use, type UsedRun, type UsedStep } from './resource.ts';
import type { Samples, SoftSample } from './samples.ts';
import { blocksOf, cpuSecondsUsed, hostSeries, softSeries } from './series.ts';
import { percent } from './words.ts';

export interface MemoryUse extends Use {
  readonly kind: 'memory';
  /**
   * Share of the host's CPU time that was garbage collection; the part of it on threads beside the main one, which is CPU time where
   * the rest is wall time (absent in runs from before it was read).
   */
  readonly gcShare?: number;
  readonly gcHelperShare?: number;
  /** Failed allocations in the window. */
  readonly memoryFailures?: number;
}

/**
 * Collecting takes this much of the CPU, on all threads, and on those beside the main one. In the step in which they seem to do so least
 * healthy hosts collect for 4–24 %, 2–13 % on others; such with a heap too small for 48–70 %, 40–57 % (recorded runs).
 */
const GC_SHARE = 0.35;
const GC_HELPER_SHARE = 0.3;
/** Of these shares, as much on one host when another of its tier collects that much: they have one heap setting, and shares scatter. */
const LIKE_A_PEER = 0.8;

/** Memory of a host: it limits only by what it costs, CPU time of collecting garbage or waiting for the disk. */
export const memory = defineResource<MemoryUse>({
  kind: 'memory',
  word: 'memory',
  prominence: 'live',
  more: 'memory',
  use: memoryUse,
  isNear: () => false,
  // Memory is full when what it costs is.
  isFull: (_use, { host }, run, step) =>
    [cpu, disk].some((of) => {
      const found = resourceOnHost(run, host, of);
      const use = found === undefined ? null : useIn(step, found.id);
      return found !== undefined && use !== null && of.isFull(use as never, found, run, step);
    }),
  atLimit: ({ resource }, { run, failing }) => collecting(run, resource) || reclaiming(run, resource, failing),
  explains: ({ resource }: JudgedCandidate<MemoryUse>, victim, { run }) => {
    if (victim.resource.host !== resource.host) return null;
    if (victim.resource.kind === disk.kind) return 'reads data again because memory was too small to keep it';
    return victim.resource.kind === cpu.kind && collecting(run, resource) ? 'busy with garbage collection' : null;
  },
  measures: [{ words: 'CPU time spent on garbage collection, %', of: ({ gcShare }) => hundredfold(gcShare) }],
  facts: (finding, steps) => (collecting(steps.run, finding.resource) ? [collectedFact(finding, steps)] : usualFacts(finding, steps).all),
  query: ({ host }) => `container_memory_working_set_bytes{host="${host}"} / container_spec_memory_limit_bytes{host="${host}"}`,
});

/** Whether garbage collection takes a large share of a host's CPU at every load, by its own signs and those of its peers. */
function collecting(run: UsedRun, resource: Resource): boolean {
  if (collects(run, resource, 1)) return true;
  const peers = run.resources.filter(({ tier, kind, host }) => tier === resource.tier && kind === 'memory' && host !== resource.host);
  return peers.some((peer) => collects(run, peer, 1)) && collects(run, resource, LIKE_A_PEER);
}

/**
 * Whether garbage collection takes so much of what is a large share of the CPU at every load. On the main thread its time is wall time, and a host that
 * its CPU limit stops in the middle of a collection shows too much: in one step the share must be large without all the time for
 * which it can have been stopped, and in every one as it was told. What other threads collect is CPU time, and needs no such step.
 */
function collects(run: UsedRun, resource: Resource, part: number): boolean {
  const steps = run.steps.filter((step) => step.kind !== 'idle' && step.load.completed > 0);
  const always = (share: (use: MemoryUse) => number | undefined, least: number): boolean =>
    steps.every((step) => {
      const use = memoryIn(step, resource);
      return use !== null && (share(use) ?? 0) >= least;
    });
  return (
    (steps.some((step) => surelyCollected(run, resource, step) >= part * GC_SHARE) && always((use) => use.gcShare, part * GC_SHARE)) ||
    (steps.length > 0 && always((use) => use.gcHelperShare, part * GC_HELPER_SHARE))
  );
}

/** The share of its CPU time that a host collected in a step at the least: a period in which its limit stopped it may all be told as collecting. */
function surelyCollected(run: UsedRun, resource: Resource, step: UsedStep): number {
  const { gcShare = 0, gcHelperShare = 0 } = memoryIn(step, resource) ?? {};
  const use = useOnHost(run, step, resource.host, cpu);
  const cores = (use?.busy ?? 0) * (resourceOnHost(run, resource.host, cpu)?.limit ?? 0);
  const stopped = use?.throttledShare ?? 0;
  return gcHelperShare + Math.max(0, gcShare - gcHelperShare - (cores > 0 ? stopped / cores : 0));
}

/** Memory that fails allocations limits only where somebody waits for the disk because of it: a full page cache is no limit. */
function reclaiming(run: UsedRun, resource: Resource, failing: readonly UsedStep[]): boolean {
  return failing.some((step) => {
    const use = memoryIn(step, resource);
    const diskUse = useOnHost(run, step, resource.host, disk);
    return use !== null && (use.memoryFailures ?? 0) > 0 && use.busy >= AT_LIMIT && diskUse !== null && stalls(diskUse);
  });
}

/** What collecting garbage took of the CPU: the heap is at its limit then, and not what the host has for everything. */
function collectedFact({ resource }: Finding, { run, step, lowest }: FactSteps): Fact {
  // What the main thread collected is wall time, too much where the host was stopped meanwhile: then what others did is said alone.
  const certain = [step, lowest].every((one) => (memoryIn(one, resource)?.gcHelperShare ?? 0) >= GC_HELPER_SHARE);
  const shareIn = (one: UsedStep): number => {
    const { gcShare = 0, gcHelperShare = 0 } = memoryIn(one, resource) ?? {};
    return certain ? gcHelperShare : gcShare;
  };
  const [now, before] = [shareIn(step), shareIn(lowest)];
  const busy = Math.min(1, cpuBusy(run, resource.host, [step]));
  return {
    text: `garbage collection took ${certain ? 'at least ' : ''}${percent(now)} of its CPU time in step ${step.index}, ${percent(before)} in step ${lowest.index}; its CPU was ${percent(busy)} busy`,
    value: now,
    limit: certain ? GC_HELPER_SHARE : GC_SHARE,
    baseline: before,
    unit: 'share of CPU time',
  };
}

function memoryIn(step: UsedStep, { id }: Resource): MemoryUse | null {
  const use = useIn(step, id);
  return use !== null && isOf(use, memory) ? use : null;
}

function memoryUse(resource: Resource, samples: Samples, window: Window): MemoryUse | null {
  const { limit } = resource;
  if (limit === null) return null;
  const series = hostSeries(samples, resource.host);
  const used = series((host) => host.memoryBytes / 2 ** 20 / limit);
  const busy = meanWithin(used, window.startMs, window.endMs);
  if (busy === null) return null;
  return {
    kind: 'memory',
    resource: resource.id,
    busy,
    blocks: blocksOf(window, (startMs, endMs) => meanWithin(used, startMs, endMs)),
    memoryFailures:
      growth(
        series((host) => host.memoryFailures),
        window.startMs,
        window.endMs,
      ) ?? 0,
    ...collected(resource.host, samples, window),
  };
}

/** Shares of the host's CPU time that was garbage collection of its site processes, and of that on threads beside the main one. */
function collected(host: string, samples: Samples, window: Window): Pick<MemoryUse, 'gcShare' | 'gcHelperShare'> {
  const loop = softSeries(samples, { host, kind: 'event-loop', component: null });
  const grown = (value: (soft: SoftSample) => number | undefined): number =>
    growth(
      loop((soft) => value(soft) ?? null),
      window.startMs,
      window.endMs,
    ) ?? 0;
  const used = cpuSecondsUsed(samples, host, window) ?? 0;
  const helped = grown((soft) => soft.gcHelperSeconds);
  const share = (seconds: number): number => (used <= 0 ? 0 : Math.min(1, seconds / used));
  return { gcShare: share(grown((soft) => soft.gcSeconds) + helped), gcHelperShare: share(helped) };
}
