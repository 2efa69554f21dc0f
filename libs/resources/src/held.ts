import { besides, type Explanation, type FullScene, type JudgedCandidate } from './candidate.ts';
import { growth, lastWithin, meanWithin, type Point, type Window } from './counter.ts';
import { cpu } from './cpu.ts';
import { AT_LIMIT, HOLD_RATIO_LIMIT, NEAR } from './limits.ts';
import { defineResource, WAITED, type ResourceModule } from './module.ts';
import type { Resource, Use } from './resource.ts';
import type { Samples, SoftSample } from './samples.ts';
import { blocksOf, softSeries } from './series.ts';
import { tiersBehind } from './tiers-behind.ts';

/** Use of what is taken, held while somebody else answers, and given back. */
export interface HeldUse extends Use {
  /** Waiting at the end of the window. */
  readonly waitingEnd?: number;
  /** Mean wait before and mean hold, ms. */
  readonly waitMs?: number;
  readonly holdMs?: number;
  /** Acquisitions in the window. */
  readonly acquisitions?: number;
  /** Places that were refused where they should have come from, in the window: the other side takes no more. Absent where none was. */
  readonly refused?: number;
}

const FULL_SHARE = 0.85;

/** A limited number of places: connections of a pool, requests in flight at a balancer. */
export function heldResource<Used extends HeldUse>(
  about: Pick<ResourceModule<Used>, 'kind' | 'word' | 'shortWord'> & Pick<Partial<ResourceModule<Used>>, 'counted' | 'signs'>,
): ResourceModule<Used> {
  const { kind } = about;
  return defineResource<Used>({
    ...about,
    fullAt: 1,
    prominence: 'first',
    held: true,
    soft: true,
    use: (resource, samples, window) => {
      const use = softUse(kind, resource, samples, window);
      // What it adds to any soft use is what `HeldUse` has.
      return use === null ? null : ({ ...use, ...holds(resource, samples, window) } as Used);
    },
    isNear: ({ busy, waiting = 0 }) => busy >= NEAR || waiting >= 1,
    isFull: ({ busy, waiting = 0 }) => busy >= FULL_SHARE && waiting >= 1,
    atLimit: ({ busy, waiting }) => busy >= FULL_SHARE && waiting >= 1,
    explainedBy: waitsForOthers,
    measures: [
      WAITED,
      { words: 'wait for a free one, ms', of: ({ waitMs }) => waitMs },
      { words: 'time held, ms', of: ({ holdMs }) => holdMs },
    ],
    query: ({ host }) => `lab_resource_in_use{host="${host}",resource="${kind}"} / lab_resource_limit{host="${host}",resource="${kind}"}`,
  });
}

/** Held longer than before, it waits on what is behind it, or on the CPU of its own host. */
function waitsForOthers(candidate: JudgedCandidate, scene: FullScene): Explanation | null {
  const { holdRatio, resource } = candidate;
  const longer = holdRatio !== null && holdRatio >= HOLD_RATIO_LIMIT;
  const times = holdRatio === null ? '' : `held ${holdRatio.toFixed(holdRatio < 10 ? 1 : 0)}× longer`;
  const behind = tiersBehind(scene.run, resource.waitsOn);
  const own = besides(scene, candidate, cpu);
  const culprit =
    behind.map((tier) => fullestCpu(tier, scene)).find((one) => one !== null) ?? (own !== undefined && own.busy >= AT_LIMIT ? own : null);
  if (culprit !== null && (longer || holdRatio === null)) {
    const { host } = culprit.resource;
    return { by: host, reason: `full, but ${times === '' ? 'it' : `${times}: it`} waits on ${host}` };
  }
  if (!longer) return null;
  const soft = scene.candidates.find((one) => one !== candidate && one.soft && one.atLimit && behind.includes(one.resource.tier));
  if (soft !== undefined) return { by: soft.resource.host, reason: `full, but ${times}: it waits on ${soft.resource.host}` };
  return { by: resource.waitsOn ?? resource.tier, reason: `full, but ${times} than in the first step` };
}

/** The busiest CPU of a tier, if it is at its limit. */
export function fullestCpu(tier: string, { candidates }: FullScene): JudgedCandidate | null {
  return candidates
    .filter(({ resource, busy }) => resource.tier === tier && resource.kind === cpu.kind && busy >= AT_LIMIT)
    .reduce<JudgedCandidate | null>((most, one) => (most === null || one.busy > most.busy ? one : most), null);
}

/** Use of a component's own resource against its limit, with who waits for it. */
export function softUse<Kind extends string>(
  kind: Kind,
  resource: Resource,
  samples: Samples,
  window: Window,
): (Use & { readonly kind: Kind; readonly waitingEnd?: number; readonly waitMs?: number }) | null {
  const { series, within } = seriesOf(resource, samples, window);
  const limit = resource.limit ?? 1;
  const busySeconds = series((soft) => soft.busySeconds);
  const busyOver = (startMs: number, endMs: number): number | null => {
    const seconds = growth(busySeconds, startMs, endMs);
    return seconds === null ? null : seconds / (((endMs - startMs) / 1000) * limit);
  };
  const inUse = meanWithin(
    series((soft) => soft.inUse),
    window.startMs,
    window.endMs,
  );
  const busy = busyOver(window.startMs, window.endMs) ?? (inUse === null ? null : inUse / limit);
  if (busy === null) return null;
  const waitingPoints = series((soft) => soft.waiting);
  const waiting = meanWithin(waitingPoints, window.startMs, window.endMs);
  const waitMs = perAcquisition(
    within((soft) => soft.waitSeconds),
    within((soft) => soft.acquisitions),
  );
  return {
    kind,
    resource: resource.id,
    busy,
    blocks: blocksOf(window, busyOver),
    ...(waiting === null ? {} : { waiting, waitingEnd: lastWithin(waitingPoints, window.startMs, window.endMs) ?? waiting }),
    ...(waitMs === null ? {} : { waitMs }),
  };
}

function holds(resource: Resource, samples: Samples, window: Window): Pick<HeldUse, 'holdMs' | 'acquisitions' | 'refused'> {
  const { within } = seriesOf(resource, samples, window);
  const acquisitions = within((soft) => soft.acquisitions);
  const holdMs = perAcquisition(
    within((soft) => soft.busySeconds),
    acquisitions,
  );
  const refused = within((soft) => soft.refused ?? null) ?? 0;
  return {
    ...(holdMs === null ? {} : { holdMs }),
    ...(acquisitions === null ? {} : { acquisitions }),
    ...(refused < 1 ? {} : { refused: Math.round(refused) }),
  };
}

function seriesOf(
  resource: Resource,
  samples: Samples,
  window: Window,
): {
  readonly series: (value: (sample: SoftSample) => number | null) => Point[];
  readonly within: (value: (sample: SoftSample) => number | null) => number | null;
} {
  const series = softSeries(samples, resource);
  return { series, within: (value) => growth(series(value), window.startMs, window.endMs) };
}

/** ms */
function perAcquisition(seconds: number | null, acquisitions: number | null): number | null {
  return seconds === null || acquisitions === null || acquisitions < 1 ? null : (seconds / acquisitions) * 1000;
}
