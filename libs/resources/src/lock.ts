import { besides, fullBefore } from './candidate.ts';
import { lastWithin, meanWithin, type Window } from './counter.ts';
import { cpu } from './cpu.ts';
import { AT_LIMIT } from './limits.ts';
import { defineResource, WAITED } from './module.ts';
import type { Resource, Use } from './resource.ts';
import type { Samples } from './samples.ts';
import { blocksOf, softSeries } from './series.ts';

/** `busy` is the share of active sessions that wait. */
export interface LockUse extends Use {
  readonly kind: 'lock';
  /** Waiting at the end of the window. */
  readonly waitingEnd?: number;
  /** Mean number of sessions whose commit waited for a replica to confirm it; absent in runs from before it was read. */
  readonly committing?: number;
}

const WAITING_SHARE = 0.4;
const FULL = { share: 0.6, waiters: 3 } as const;

/** Locks of a database: sessions that wait for another's. */
export const lock = defineResource<LockUse>({
  kind: 'lock',
  word: 'database locks',
  soft: true,
  use: lockUse,
  isNear: ({ waiting = 0 }) => waiting >= 1,
  isFull: ({ busy, waiting = 0 }) => busy >= FULL.share && waiting >= FULL.waiters,
  atLimit: ({ busy, waiting }) => busy >= WAITING_SHARE && waiting >= 1,
  // Locks are held longer where the CPU under them is full. Waits that were there before are the locks' own.
  explainedBy: (candidate, scene) => {
    const own = besides(scene, candidate, cpu);
    return own !== undefined && own.busy >= AT_LIMIT && !fullBefore(candidate, own)
      ? { by: own.resource.host, reason: `${candidate.waiting.toFixed(0)} sessions waited while the CPU of their host was saturated` }
      : null;
  },
  signs: ({ committing = 0 }) => (committing >= 1 ? [`${committing.toFixed(0)} commits waited for a replica to confirm them`] : []),
  measures: [WAITED],
  query: ({ host }) => `lab_resource_in_use{host="${host}",resource="lock"} / lab_resource_limit{host="${host}",resource="lock"}`,
});

function lockUse(resource: Resource, samples: Samples, window: Window): LockUse | null {
  const series = softSeries(samples, resource);
  const [waits, active] = [series((soft) => soft.waiting), series((soft) => soft.inUse)];
  const waiting = meanWithin(waits, window.startMs, window.endMs);
  if (waiting === null) return null;
  const committing = meanWithin(
    series((soft) => soft.committing ?? null),
    window.startMs,
    window.endMs,
  );
  const shareWaiting = (startMs: number, endMs: number): number | null => {
    const wait = meanWithin(waits, startMs, endMs);
    return wait === null ? null : Math.min(1, wait / Math.max(1, meanWithin(active, startMs, endMs) ?? 0));
  };
  return {
    kind: 'lock',
    resource: resource.id,
    busy: shareWaiting(window.startMs, window.endMs) ?? 0,
    blocks: blocksOf(window, shareWaiting),
    waiting,
    waitingEnd: lastWithin(waits, window.startMs, window.endMs) ?? waiting,
    ...(committing === null ? {} : { committing }),
  };
}
