import type { FullScene, JudgedCandidate } from './candidate.ts';
import { growth, lastWithin, meanWithin, type Window } from './counter.ts';
import type { Fact, FactSteps, Finding } from './facts.ts';
import { fullestCpu } from './held.ts';
import { defineResource, WAITED } from './module.ts';
import { isOf, useIn, type Resource, type Use } from './resource.ts';
import type { Samples } from './samples.ts';
import { blocksOf, softSeries } from './series.ts';
import { tiersBehind } from './tiers-behind.ts';
import { rate } from './words.ts';

/** `busy` is the share of the work accepted in the window that was not made up for by work finished in it; `waiting` is unfinished work. */
export interface BacklogUse extends Use {
  readonly kind: 'backlog';
  /** Jobs accepted and jobs finished in the window. */
  readonly accepted: number;
  readonly finished: number;
  /** Jobs accepted and not finished at the end of the window, and the age of the oldest of them, ms. */
  readonly unfinished: number;
  readonly oldestMs: number;
}

/** Work is behind when less than this share of what was accepted is finished: as arrivals are (analysis, onset). */
const FINISHED_SHARE = 0.94;
/** A backlog wanders by the square root of what comes; beyond twice that it grows. */
const WANDERS = 2;

/** Work that was accepted and is done later: a queue grows where it is accepted faster than it is finished. */
export const backlog = defineResource<BacklogUse>({
  kind: 'backlog',
  word: 'backlog',
  soft: true,
  use: backlogUse,
  isNear: () => false,
  isFull: fallsBehind,
  atLimit: ({ uses }) => uses.some(fallsBehind),
  explainedBy: (candidate, scene) => {
    const { waitsOn } = candidate.resource;
    const behind = tiersBehind(scene.run, waitsOn);
    const cause = behind.map((tier) => fullestCpu(tier, scene)).find((found) => found !== null) ?? softBehind(candidate, behind, scene);
    if (cause === undefined) return null;
    const { host } = cause.resource;
    return { by: host, reason: `${candidate.waiting.toFixed(0)} jobs unfinished, which wait on ${host}` };
  },
  measures: [WAITED, { words: 'age of the oldest unfinished job, s', of: ({ oldestMs }) => oldestMs / 1000 }],
  facts: backlogFacts,
  spare: () => 'every accepted job was finished',
  query: ({ host }) => `lab_resource_waiting{host="${host}",resource="backlog"}`,
});

/** Whether work was accepted faster than it was finished, beyond chance. */
export function fallsBehind({ accepted, finished }: Pick<BacklogUse, 'accepted' | 'finished'>): boolean {
  return finished < FINISHED_SHARE * accepted && accepted - finished > WANDERS * Math.sqrt(accepted);
}

/** A pool or lock at its limit where the work is done. */
function softBehind(candidate: JudgedCandidate, behind: readonly string[], { candidates }: FullScene): JudgedCandidate | undefined {
  return candidates.find(
    (one) => one !== candidate && one.soft && one.atLimit && one.resource.kind !== 'backlog' && behind.includes(one.resource.tier),
  );
}

function backlogFacts({ resource }: Finding, { step }: FactSteps): Fact[] {
  const use = useIn(step, resource.id);
  if (use === null || !isOf(use, backlog)) return [];
  const seconds = (step.endMs - step.startMs) / 1000;
  const { accepted, finished, unfinished, oldestMs } = use;
  return [
    {
      text: `accepted ${rate(accepted / seconds)} jobs/s and finished ${rate(finished / seconds)}/s in step ${step.index}`,
      value: accepted === 0 ? 1 : finished / accepted,
      limit: FINISHED_SHARE,
      baseline: 1,
      unit: 'share of accepted work',
    },
    {
      text: `${unfinished.toFixed(0)} jobs were unfinished at the end of the step, the oldest ${(oldestMs / 1000).toFixed(1)} s old`,
      value: unfinished,
      limit: null,
      baseline: null,
      unit: 'jobs',
    },
  ];
}

function backlogUse(resource: Resource, samples: Samples, window: Window): BacklogUse | null {
  const series = softSeries(samples, resource);
  const [took, did] = [series(({ work }) => work?.accepted ?? null), series(({ work }) => work?.finished ?? null)];
  const open = series(({ work }) => work?.unfinished ?? null);
  const accepted = growth(took, window.startMs, window.endMs);
  const finished = growth(did, window.startMs, window.endMs);
  if (accepted === null || finished === null) return null;
  const stayed = (startMs: number, endMs: number): number => {
    const came = growth(took, startMs, endMs) ?? 0;
    return came <= 0 ? 0 : Math.max(0, 1 - (growth(did, startMs, endMs) ?? 0) / came);
  };
  const oldest = series(({ work }) => work?.oldestMs ?? null);
  return {
    kind: 'backlog',
    resource: resource.id,
    busy: stayed(window.startMs, window.endMs),
    blocks: blocksOf(window, stayed),
    waiting: meanWithin(open, window.startMs, window.endMs) ?? 0,
    accepted,
    finished,
    unfinished: lastWithin(open, window.startMs, window.endMs) ?? 0,
    oldestMs: lastWithin(oldest, window.startMs, window.endMs) ?? 0,
  };
}
