import { besides } from './candidate.ts';
import { counterAt, growth, lastWithin, meanWithin, type Window } from './counter.ts';
import { cpu } from './cpu.ts';
import { disk, stalls } from './disk.ts';
import { AT_LIMIT } from './limits.ts';
import { defineResource } from './module.ts';
import { useOnHost, type Resource, type Use, type UsedRun, type UsedStep } from './resource.ts';
import type { Samples } from './samples.ts';
import { blocksOf, cpuSecondsUsed, softSeries } from './series.ts';

/** `busy` is the share of what the primary wrote that stayed behind. */
export interface ReplayUse extends Use {
  readonly kind: 'replay';
  /** Bytes the primary had written and the replica had not replayed at the end. */
  readonly behindBytes?: number;
  /** Means over the window of what was behind: bytes, and the age of the last transaction that was replayed, s. */
  readonly meanBehindBytes?: number;
  readonly meanBehindSeconds?: number;
  /** Share of the host's CPU time that replaying took. */
  readonly replayCpuShare?: number;
}

/** Of what the primary writes in a step, this much stays behind on a replica that cannot replay as fast. A delay keeps a level, and no slope. */
const STAYS_BEHIND = 0.1;
/** Replaying takes most of a replica's CPU time. */
const MOSTLY = 0.5;
/** Too little to tell a rate by. */
const LEAST_WRITTEN_BYTES = 64 * 1024;

/** Replaying what a primary writes, on a replica. */
export const replay = defineResource<ReplayUse>({
  kind: 'replay',
  word: 'replay',
  use: replayUse,
  isNear: () => false,
  isFull: ({ busy }, resource, run, step) => busy >= STAYS_BEHIND && hasNothingLeft(run, resource, step),
  atLimit: ({ busy, resource }, { run, failing }) => busy >= STAYS_BEHIND && failing.some((step) => hasNothingLeft(run, resource, step)),
  explainedBy: (candidate, scene) => {
    const own = besides(scene, candidate, cpu);
    return own !== undefined && own.busy >= AT_LIMIT && !mostlyReplays(candidate.uses)
      ? { by: own.resource.host, reason: 'lags because reads use the CPU that replay needs' }
      : null;
  },
  explains: ({ resource, uses }, victim) =>
    victim.resource.host === resource.host && victim.resource.kind === cpu.kind && mostlyReplays(uses)
      ? 'busy replaying the primary’s writes'
      : null,
  spare: (busy) =>
    `at most ${Math.round(busy * 100)} % of the writes were not replayed${busy >= STAYS_BEHIND ? ', with CPU to spare' : ''}`,
  query: ({ host }) => `deriv(lab_replication_behind_bytes{host="${host}"}[15s])`,
});

/** Whether the replica has no CPU or disk left to replay with: one that waits on purpose has both. */
function hasNothingLeft(run: UsedRun, { host }: Resource, step: UsedStep): boolean {
  const diskUse = useOnHost(run, step, host, disk);
  return (useOnHost(run, step, host, cpu)?.busy ?? 0) >= AT_LIMIT || (diskUse !== null && stalls(diskUse));
}

function mostlyReplays(uses: readonly ReplayUse[]): boolean {
  return uses.some(({ replayCpuShare = 0 }) => replayCpuShare >= MOSTLY);
}

/** What stays behind counts from the middle of the window on: a delayed replica's distance settles first, and then stays. */
function replayUse(resource: Resource, samples: Samples, window: Window): ReplayUse | null {
  const series = softSeries(samples, resource);
  const behind = series((soft) => soft.replay?.behindBytes ?? null);
  const age = series((soft) => soft.replay?.behindSeconds ?? null);
  const written = series((soft) => soft.replay?.writtenBytes ?? null);
  const behindEnd = lastWithin(behind, window.startMs, window.endMs);
  if (behindEnd === null) return null;
  const stayed = (startMs: number, endMs: number): number | null => {
    const grown = growth(written, startMs, endMs);
    if (grown === null) return null;
    const [from, to] = [counterAt(behind, startMs) ?? 0, counterAt(behind, endMs) ?? 0];
    return grown < LEAST_WRITTEN_BYTES ? 0 : Math.min(1, Math.max(0, to - from) / grown);
  };
  const seconds = growth(
    series((soft) => soft.busySeconds),
    window.startMs,
    window.endMs,
  );
  const used = cpuSecondsUsed(samples, resource.host, window);
  return {
    kind: 'replay',
    resource: resource.id,
    busy: stayed((window.startMs + window.endMs) / 2, window.endMs) ?? 0,
    blocks: blocksOf(window, stayed),
    behindBytes: behindEnd,
    ...given({ meanBehindBytes: meanWithin(behind, window.startMs, window.endMs) }),
    ...given({ meanBehindSeconds: meanWithin(age, window.startMs, window.endMs) }),
    ...(seconds === null || used === null || used <= 0 ? {} : { replayCpuShare: Math.min(1, seconds / used) }),
  };
}

/** Without what was not read. */
function given(values: Readonly<Record<string, number | null>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
