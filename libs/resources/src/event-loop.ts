import { besides } from './candidate.ts';
import { cpu } from './cpu.ts';
import { softUse } from './held.ts';
import { NEAR, THROTTLED } from './limits.ts';
import { defineResource } from './module.ts';
import { useOnHost, type Use } from './resource.ts';

export interface EventLoopUse extends Use {
  readonly kind: 'event-loop';
  readonly waitingEnd?: number;
  readonly waitMs?: number;
}

const AT_LIMIT_ACTIVE = 0.8;

/** The one thread of a Node process. */
export const eventLoop = defineResource<EventLoopUse>({
  kind: 'event-loop',
  word: 'event loop',
  fullAt: 1,
  more: 'count',
  use: (resource, samples, window) => softUse('event-loop', resource, samples, window),
  isNear: ({ busy, waiting = 0 }) => busy >= NEAR || waiting >= 1,
  isFull: ({ busy }, { host }, run, step) => {
    const own = useOnHost(run, step, host, cpu);
    return busy > AT_LIMIT_ACTIVE && (own === null || (own.busy < NEAR && (own.throttledShare ?? 0) < THROTTLED));
  },
  atLimit: ({ busy }) => busy > AT_LIMIT_ACTIVE,
  // A stopped callback counts as active: only the CPU of its own host can have stopped it.
  explainedBy: (candidate, scene) => {
    const own = besides(scene, candidate, cpu);
    if (own === undefined) return null;
    const { host } = candidate.resource;
    const throttled = Math.max(0, ...scene.failing.map((step) => useOnHost(scene.run, step, host, cpu)?.throttledShare ?? 0));
    if (own.busy < NEAR && throttled < THROTTLED) return null;
    const active = `active ${Math.round(candidate.busy * 100)} % of the time`;
    return { by: host, reason: `${active}, but stopped by the CPU limit: a stopped callback counts as active` };
  },
  query: ({ host }) => `rate(nodejs_eventloop_active_seconds_total{host="${host}"}[30s])`,
});
