import { AT_LIMIT, IO_STALL } from './limits.ts';
import { behindCache, missesFill } from './misses.ts';
import { demandsOf, holdRatio, HOLD_RATIO_LIMIT, ofHost, useIn, type Demand } from './demand.ts';
import type { FoundOnset } from './onset.ts';
import { loadSteps } from './onset.ts';
import type { ResourceInfo, ResourceKind, ResourceUse, RunData, StepData } from './run-data.ts';
import { tiersBehind } from './tiers-behind.ts';
import type { Interval } from './verdict.ts';

/** From here on that is certain. */
const SATURATED = 0.97;
const NEAR = 0.85;
/** λ* may lie this far from the onset (calibration.md: λ* errs 0–18 % low). */
const BAND = 0.25;
/**
 * Collecting takes this much of the CPU, on all threads, and on those beside the main one. In the step in which they seem to do so least
 * healthy hosts collect for 4–24 %, 2–13 % on others; such with a heap too small for 48–70 %, 40–57 % (recorded runs).
 */
export const GC_SHARE = 0.35;
export const GC_HELPER_SHARE = 0.3;
/** A host stopped in more periods than this is a throttled one. */
const THROTTLED = 0.2;
const LOCK_SHARE = 0.4;
/** Of what the primary writes in a step, this much stays behind on a replica that cannot replay as fast. A delay keeps a level, and no slope. */
export const STAYS_BEHIND = 0.1;
/** Of a resource that is really full, not only busy: from here on more load finds no room. */
const FULL = { throttled: 0.4, soft: 0.85, loop: 0.8, stall: 0.8, locks: 0.6, lockWaiters: 3 } as const;

/** One resource of a tier as a possible limit: hosts of a tier are taken together. */
export interface Suspect {
  readonly tier: string;
  readonly kind: ResourceKind;
  /** Hosts that are at the limit; those closest to it when none is. */
  readonly hosts: readonly string[];
  /** Resource of the host that is closest to its limit. */
  readonly worst: ResourceInfo;
  /** Use of the limit of that host where the site failed, and in the lowest step. */
  readonly busy: number;
  readonly baseline: number;
  readonly waiting: number;
  readonly holdRatio: number | null;
  readonly saturation: number | null;
  readonly interval: Interval | null;
  readonly resamples: readonly number[];
  readonly perArrival: number | null;
  /** Lowest load from which on it was full in every step; null when it was not full where the site failed. */
  readonly fullFrom: number | null;
  readonly state: SuspectState;
}

export type SuspectState =
  /** At its limit where the site failed, and nothing else explains that. */
  | { readonly kind: 'limits' }
  /** λ* close to the onset, but not seen at its limit. */
  | { readonly kind: 'close' }
  /** Looks full, but waits for something else. */
  | { readonly kind: 'explained'; readonly by: string; readonly reason: string }
  | { readonly kind: 'free' };

/** Steps in which a limit shows: the first that failed and the one after it. */
export function failingSteps(run: RunData, onset: FoundOnset): StepData[] {
  return loadSteps(run)
    .filter((step) => step.offered >= onset.firstFail)
    .slice(0, 2);
}

/** Every resource of every tier, judged where the site failed. */
export function suspectsOf(run: RunData, onset: FoundOnset): Suspect[] {
  const demands = demandsOf(run, onset);
  const failing = failingSteps(run, onset);
  const groups = new Map<string, ResourceInfo[]>();
  for (const resource of run.resources) {
    const key = `${resource.tier}/${resource.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), resource]);
  }
  const judged = [...groups.values()].map((members) => raw(run, members, demands, failing, onset));
  return judged.map((suspect) => explainAway(run, suspect, judged, failing));
}

function raw(
  run: RunData,
  members: readonly ResourceInfo[],
  demands: readonly Demand[],
  failing: readonly StepData[],
  onset: FoundOnset,
): Suspect {
  const busyIn = (resource: ResourceInfo): number => Math.max(0, ...failing.map((step) => useIn(step, resource.id)?.busy ?? 0));
  const worst = members.reduce((most, member) => (busyIn(member) > busyIn(most) ? member : most));
  const busy = busyIn(worst);
  const full = members.filter((member) => busyIn(member) >= AT_LIMIT);
  const near = members.filter((member) => busyIn(member) >= 0.9 * busy);
  const own = demands.filter((demand) => members.some((member) => member.id === demand.resource.id));
  const first = own.reduce<Demand | null>((least, one) => (least === null || one.saturation < least.saturation ? one : least), null);
  const lowest = loadSteps(run).toSorted((a, b) => a.offered - b.offered)[0];
  const uses = failing.flatMap((step) => useIn(step, worst.id) ?? []);
  const ratios = failing.flatMap((step) => holdRatio(run, worst.id, step) ?? []);
  const waiting = Math.max(0, ...uses.map((use) => use.waiting ?? 0));
  const close = first !== null && Math.abs(Math.log(first.saturation / onset.load)) <= BAND;
  const limits = atLimit(worst, busy, waiting, uses, failing, run);
  return {
    tier: worst.tier,
    kind: worst.kind,
    hosts: (full.length > 0 ? full : near).map((member) => member.host),
    worst,
    busy,
    baseline: lowest === undefined ? 0 : (useIn(lowest, worst.id)?.busy ?? 0),
    waiting,
    holdRatio: ratios.length === 0 ? null : Math.min(...ratios),
    saturation: first?.saturation ?? null,
    interval: first?.interval ?? null,
    resamples: first?.resamples ?? [],
    perArrival: first?.perArrival ?? null,
    fullFrom: fullFrom(run, members, failing),
    state: limits ? { kind: 'limits' } : close && busy >= 0.75 ? { kind: 'close' } : { kind: 'free' },
  };
}

/** Whether a resource shows the signs of its kind's limit (methods.md §1.4), before anything is explained away. */
function atLimit(
  resource: ResourceInfo,
  busy: number,
  waiting: number,
  uses: readonly { ioStall?: number }[],
  failing: readonly StepData[],
  run: RunData,
): boolean {
  switch (resource.kind) {
    case 'cpu':
      return busy >= AT_LIMIT;
    case 'pool':
    case 'slots':
      return busy >= 0.85 && waiting >= 1;
    case 'event-loop':
      return busy > 0.8;
    case 'lock':
      return busy >= LOCK_SHARE && waiting >= 1;
    case 'memory':
      return collecting(run, resource) || reclaiming(run, resource, failing);
    case 'replay':
      return busy >= STAYS_BEHIND && failing.some((step) => replaysAtLimit(run, resource, step));
    case 'hit-ratio':
      return failing.some((step) => missesFill(run, resource, step));
    case 'disk': {
      const cpu = cpuBusy(run, resource.host, failing);
      return uses.some((use) => (use.ioStall ?? 0) >= IO_STALL) && cpu < 0.85;
    }
  }
}

/** Lowest load from which on some host of a tier was full of a kind in every step up to where the site failed. */
function fullFrom(run: RunData, members: readonly ResourceInfo[], failing: readonly StepData[]): number | null {
  const highest = Math.max(0, ...failing.map((step) => step.offered));
  const steps = loadSteps(run)
    .filter((step) => step.offered <= highest)
    .toSorted((a, b) => b.offered - a.offered);
  let from: number | null = null;
  for (const step of steps) {
    if (!members.some((member) => isFull(run, member, step))) break;
    from = step.offered;
  }
  return from;
}

/** Whether anything was close to its limit in a step. */
export function nearLimit(run: RunData, step: StepData): boolean {
  return run.resources.some((resource) => {
    const use = useIn(step, resource.id);
    if (use === null) return false;
    if (resource.kind === 'memory' || resource.kind === 'replay' || resource.kind === 'hit-ratio') return false;
    if (resource.kind === 'lock') return (use.waiting ?? 0) >= 1;
    if (resource.kind === 'disk') return (use.ioStall ?? 0) >= IO_STALL;
    return use.busy >= NEAR || (use.waiting ?? 0) >= 1;
  });
}

/** Whether a resource was full in one step. Memory is full when what it costs, CPU or disk, is. */
function isFull(run: RunData, resource: ResourceInfo, step: StepData): boolean {
  const use = useIn(step, resource.id);
  if (use === null) return false;
  const ownCpu = ofHost(run, resource.host, 'cpu');
  const cpu = ownCpu === undefined ? null : useIn(step, ownCpu.id);
  switch (resource.kind) {
    case 'cpu':
      return use.busy >= SATURATED || (use.busy >= AT_LIMIT && (use.throttledShare ?? 0) >= FULL.throttled);
    case 'pool':
    case 'slots':
      return use.busy >= FULL.soft && (use.waiting ?? 0) >= 1;
    case 'event-loop':
      return use.busy > FULL.loop && (cpu === null || (cpu.busy < 0.85 && (cpu.throttledShare ?? 0) < THROTTLED));
    case 'lock':
      return use.busy >= FULL.locks && (use.waiting ?? 0) >= FULL.lockWaiters;
    case 'disk':
      return (use.ioStall ?? 0) >= FULL.stall;
    case 'replay':
      return use.busy >= STAYS_BEHIND && replaysAtLimit(run, resource, step);
    case 'hit-ratio':
      return missesFill(run, resource, step);
    case 'memory': {
      const disk = ofHost(run, resource.host, 'disk');
      return (ownCpu !== undefined && isFull(run, ownCpu, step)) || (disk !== undefined && isFull(run, disk, step));
    }
  }
}

/** Whether the replica has no CPU or disk left to replay with: one that waits on purpose has both. */
function replaysAtLimit(run: RunData, { host }: ResourceInfo, step: StepData): boolean {
  const own = (kind: 'cpu' | 'disk'): ResourceUse | null => {
    const found = ofHost(run, host, kind);
    return found === undefined ? null : useIn(step, found.id);
  };
  return (own('cpu')?.busy ?? 0) >= AT_LIMIT || (own('disk')?.ioStall ?? 0) >= IO_STALL;
}

/** Whether replaying takes most of a replica's CPU time where the site failed. */
function mostlyReplays(replay: ResourceInfo, failing: readonly StepData[]): boolean {
  return failing.some((step) => (useIn(step, replay.id)?.replayCpuShare ?? 0) >= 0.5);
}

/**
 * Whether garbage collection takes a large share of the CPU at every load. On the main thread its time is wall time, and a host that
 * its CPU limit stops in the middle of a collection shows too much: in one step the share must be large without all the time for
 * which it can have been stopped, and in every one as it was told. What other threads collect is CPU time, and needs no such step.
 */
export function collecting(run: RunData, memory: ResourceInfo): boolean {
  const steps = run.steps.filter((step) => step.kind !== 'idle' && step.load.completed > 0);
  const always = (share: (use: ResourceUse) => number | undefined, least: number): boolean =>
    steps.every((step) => {
      const use = useIn(step, memory.id);
      return use !== null && (share(use) ?? 0) >= least;
    });
  return (
    (steps.some((step) => surelyCollected(run, memory, step) >= GC_SHARE) && always((use) => use.gcShare, GC_SHARE)) ||
    (steps.length > 0 && always((use) => use.gcHelperShare, GC_HELPER_SHARE))
  );
}

/** The share of its CPU time that a host collected in a step at the least: a period in which its limit stopped it may all be told as collecting. */
function surelyCollected(run: RunData, memory: ResourceInfo, step: StepData): number {
  const { gcShare = 0, gcHelperShare = 0 } = useIn(step, memory.id) ?? {};
  const cpu = ofHost(run, memory.host, 'cpu');
  const use = cpu === undefined ? null : useIn(step, cpu.id);
  const cores = (use?.busy ?? 0) * (cpu?.limit ?? 0);
  const stopped = use?.throttledShare ?? 0;
  return gcHelperShare + Math.max(0, gcShare - gcHelperShare - (cores > 0 ? stopped / cores : 0));
}

/** Memory that fails allocations limits only where somebody waits for the disk because of it: a full page cache is no limit. */
function reclaiming(run: RunData, memory: ResourceInfo, failing: readonly StepData[]): boolean {
  const disk = ofHost(run, memory.host, 'disk');
  return failing.some((step) => {
    const use = useIn(step, memory.id);
    const stall = disk === undefined ? 0 : (useIn(step, disk.id)?.ioStall ?? 0);
    return use !== null && (use.memoryFailures ?? 0) > 0 && use.busy >= AT_LIMIT && stall >= IO_STALL;
  });
}

/** The highest use of a host's CPU in some steps. */
export function cpuBusy(run: RunData, host: string, steps: readonly StepData[]): number {
  const cpu = ofHost(run, host, 'cpu');
  return cpu === undefined ? 0 : Math.max(0, ...steps.map((step) => useIn(step, cpu.id)?.busy ?? 0));
}

/** Something that looks full but only waits for another is no limit (methods.md §2.3.4). */
function explainAway(run: RunData, suspect: Suspect, all: readonly Suspect[], failing: readonly StepData[]): Suspect {
  if (suspect.state.kind !== 'limits' && suspect.state.kind !== 'close') return suspect;
  const explained = (by: string, reason: string): Suspect => ({ ...suspect, state: { kind: 'explained', by, reason } });
  const cpuOf = (tier: string | null): Suspect | undefined => all.find((one) => one.tier === tier && one.kind === 'cpu');
  const own = cpuOf(suspect.tier);
  const full = (one: Suspect | undefined): one is Suspect => one !== undefined && one.busy >= AT_LIMIT;
  switch (suspect.kind) {
    case 'pool':
    case 'slots': {
      const behind = suspect.worst.waitsOn;
      const longer = suspect.holdRatio !== null && suspect.holdRatio >= HOLD_RATIO_LIMIT;
      const times = suspect.holdRatio === null ? '' : `held ${suspect.holdRatio.toFixed(suspect.holdRatio < 10 ? 1 : 0)}× longer`;
      const culprit = tiersBehind(run, behind).map(cpuOf).find(full) ?? (full(own) ? own : undefined);
      if (culprit !== undefined && (longer || suspect.holdRatio === null)) {
        return explained(culprit.worst.host, `full, but ${times === '' ? 'it' : `${times}: it`} waits on ${culprit.hosts[0]}`);
      }
      const soft = all.find(
        (one) =>
          one !== suspect &&
          (one.kind === 'pool' || one.kind === 'lock') &&
          one.state.kind === 'limits' &&
          tiersBehind(run, behind).includes(one.tier),
      );
      if (longer && soft !== undefined) return explained(soft.worst.host, `full, but ${times}: it waits on ${soft.worst.host}`);
      return longer ? explained(behind ?? suspect.tier, `full, but ${times} than in the first step`) : suspect;
    }
    case 'event-loop': {
      const throttled = Math.max(0, ...failing.map((step) => (own === undefined ? 0 : (useIn(step, own.worst.id)?.throttledShare ?? 0))));
      if (own !== undefined && (own.busy >= 0.85 || throttled >= THROTTLED)) {
        return explained(
          own.worst.host,
          `active ${Math.round(suspect.busy * 100)} % of the time, but stopped by the CPU limit: a stopped callback counts as active`,
        );
      }
      return suspect;
    }
    case 'lock':
      // Locks are held longer where the CPU under them is full. Waits that were there before are the locks' own.
      return full(own) && !before(suspect, own)
        ? explained(own.worst.host, `${suspect.waiting.toFixed(0)} sessions waited, while the CPU under them was full`)
        : suspect;
    case 'replay':
      return full(own) && !mostlyReplays(suspect.worst, failing)
        ? explained(own.worst.host, `falls behind, while reads take the CPU it would replay with`)
        : suspect;
    case 'cpu': {
      const misses = emptyCache(run, suspect, all);
      if (misses !== undefined) return explained(misses.worst.host, 'full of reading again what the cache did not keep');
      const replay = all.find((one) => one.tier === suspect.tier && one.kind === 'replay' && one.state.kind === 'limits');
      if (replay !== undefined && mostlyReplays(replay.worst, failing)) {
        return explained(replay.worst.host, 'busy replaying what the primary writes');
      }
      const memory = all.find((one) => one.tier === suspect.tier && one.kind === 'memory' && one.state.kind === 'limits');
      return memory === undefined || !collecting(run, memory.worst) ? suspect : explained(memory.worst.host, 'busy collecting garbage');
    }
    case 'disk': {
      const misses = emptyCache(run, suspect, all);
      if (misses !== undefined) return explained(misses.worst.host, 'reads again what the cache did not keep');
      const memory = all.find((one) => one.tier === suspect.tier && one.kind === 'memory' && one.state.kind === 'limits');
      return memory === undefined ? suspect : explained(memory.worst.host, 'reads again what memory had no room for');
    }
    default:
      return suspect;
  }
}

/** The cache whose misses fill the tier of a suspect, if any. */
function emptyCache(run: RunData, suspect: Suspect, all: readonly Suspect[]): Suspect | undefined {
  return all.find((one) => one.kind === 'hit-ratio' && one.state.kind === 'limits' && behindCache(run, one.tier).includes(suspect.tier));
}

/** Whether one was full at a lower load than the other. */
function before(one: Suspect, other: Suspect): boolean {
  return one.fullFrom !== null && (other.fullFrom === null || one.fullFrom < other.fullFrom);
}
