import { besides } from './candidate.ts';
import { cpu } from './cpu.ts';
import { softUse } from './held.ts';
import { NEAR, THROTTLED } from './limits.ts';
import { defineResource } from './module.ts';
import { useIn, useOnHost, type Resource, type Use, type UsedRun, type UsedStep } from './resource.ts';

export interface EventLoopUse extends Use {
  readonly kind: 'event-loop';
  readonly waitingEnd?: number;
  readonly waitMs?: number;
}

const AT_LIMIT_ACTIVE = 0.8;

/** Whether it was full while the CPU of its host had room and did not stop it. */
function isBlocked({ busy }: Use, { host }: Resource, run: UsedRun, step: UsedStep): boolean {
  const own = useOnHost(run, step, host, cpu);
  return busy > AT_LIMIT_ACTIVE && (own === null || (own.busy < NEAR && (own.throttledShare ?? 0) < THROTTLED));
}

/** The one thread of a Node process. */
export const eventLoop = defineResource<EventLoopUse>({
  kind: 'event-loop',
  word: 'event loop',
  fullAt: 1,
  more: 'count',
  use: (resource, samples, window) => softUse('event-loop', resource, samples, window),
  isNear: ({ busy, waiting = 0 }) => busy >= NEAR || waiting >= 1,
  isFull: isBlocked,
  atLimit: ({ busy }) => busy > AT_LIMIT_ACTIVE,
  // A stopped callback counts as active: only the CPU of its own host can have stopped it.
  explainedBy: (candidate, scene) => {
    const own = besides(scene, candidate, cpu);
    if (own === undefined) return null;
    const { resource } = candidate;
    const { host } = resource;
    // Where it was full while nothing stopped it, it is full by itself: at more load a backlog may fill the CPU as well.
    const byItself = scene.failing.some((step) => {
      const use = useIn(step, resource.id);
      return use !== null && isBlocked(use, resource, scene.run, step);
    });
    if (byItself) return null;
    const throttled = Math.max(0, ...scene.failing.map((step) => useOnHost(scene.run, step, host, cpu)?.throttledShare ?? 0));
    if (own.busy < NEAR && throttled < THROTTLED) return null;
    const active = `active ${Math.round(candidate.busy * 100)} % of the time`;
    return { by: host, reason: `${active}, but throttled by the CPU limit: a throttled callback counts as active` };
  },
  query: ({ host }) => `rate(nodejs_eventloop_active_seconds_total{host="${host}"}[30s])`,
});
