import { besides, fullBefore, type Explanation, type FullScene, type JudgedCandidate } from './candidate.ts';
import { meanWithin, type Window } from './counter.ts';
import { cpu } from './cpu.ts';
import type { Fact, FactSteps, Finding } from './facts.ts';
import { AT_LIMIT, NEAR } from './limits.ts';
import { lock } from './lock.ts';
import { defineResource } from './module.ts';
import { pool, refusedText } from './pool.ts';
import { isOf, type Resource, type Use, type UsedStep } from './resource.ts';
import type { Samples } from './samples.ts';
import { blocksOf, softSeries } from './series.ts';
import { percent } from './words.ts';

/** `busy` is the share of the connections a server accepts that are open, in use or idle. */
export interface ConnectionsUse extends Use {
  readonly kind: 'connections';
}

/** One more was refused while the mean over a step still had room for a few: clients come and go. */
const OPEN_SHARE = 0.8;

/**
 * Connections that a database server accepts. Pools keep what they have opened, so many open ones alone are no limit: it shows when the
 * server refuses one more, which the pools count.
 */
export const connections = defineResource<ConnectionsUse>({
  kind: 'connections',
  word: 'connection limit',
  shortWord: 'connections',
  soft: true,
  use: connectionsUse,
  isNear: ({ busy }) => busy >= NEAR,
  isFull: ({ busy }, _resource, _run, step) => busy >= OPEN_SHARE && refusedIn(step) > 0,
  atLimit: ({ busy }, { failing }) => busy >= OPEN_SHARE && failing.some((step) => refusedIn(step) > 0),
  explainedBy: heldByOthers,
  facts: connectionsFacts,
  spare: (busy) => `at most ${percent(busy)} of them were open`,
  query: ({ host }) =>
    `lab_resource_in_use{host="${host}",resource="connections"} / lab_resource_limit{host="${host}",resource="connections"}`,
});

/** Connections that databases refused to all pools in a step. */
function refusedIn({ use }: Pick<UsedStep, 'use'>): number {
  return use.reduce((sum, one) => sum + (isOf(one, pool) ? (one.refused ?? 0) : 0), 0);
}

/** Queries hold connections longer, and ask for more of them, where the CPU under them is full or they wait for each other. */
function heldByOthers(candidate: JudgedCandidate, scene: FullScene): Explanation | null {
  const { host } = candidate.resource;
  const own = besides(scene, candidate, cpu);
  if (own !== undefined && own.busy >= AT_LIMIT && !fullBefore(candidate, own))
    return { by: host, reason: 'connections ran out while the CPU of their host was saturated' };
  return besides(scene, candidate, lock)?.atLimit === true
    ? { by: host, reason: 'connections ran out while sessions waited for database locks' }
    : null;
}

function connectionsFacts({ resource: { limit }, busy, baseline }: Finding, { step, lowest }: FactSteps): Fact[] {
  const refused = refusedIn(step);
  return [
    {
      text: `${percent(Math.min(1, busy))} of the ${limit ?? '?'} connections that it accepts were open in step ${step.index}, ${percent(baseline)} in step ${lowest.index}`,
      value: busy,
      limit: OPEN_SHARE,
      baseline,
      unit: 'share of limit',
    },
    ...(refused === 0
      ? []
      : [
          {
            text: `${refusedText(refused)} in step ${step.index}`,
            value: refused,
            limit: null,
            baseline: refusedIn(lowest),
            unit: 'connections',
          },
        ]),
  ];
}

function connectionsUse(resource: Resource, samples: Samples, window: Window): ConnectionsUse | null {
  const { limit } = resource;
  if (limit === null) return null;
  const open = softSeries(samples, resource)((soft) => soft.inUse);
  const share = (startMs: number, endMs: number): number | null => {
    const mean = meanWithin(open, startMs, endMs);
    return mean === null ? null : mean / limit;
  };
  const busy = share(window.startMs, window.endMs);
  return busy === null ? null : { kind: 'connections', resource: resource.id, busy, blocks: blocksOf(window, share) };
}
