import { setTimeout as delay } from 'node:timers/promises';
import { moduleOf } from '@loadstair/resources';
import { projections, stepHolds, type Projection, type StepData, type StepVerdict } from '@loadstair/analysis';
import { stepLoad, type PlannedStep } from '@loadstair/load';
import { JUDGE_AFTER_MS, resourcesOf, samplesAround, stepData, useOf, type MeasuredStep } from '@loadstair/measure';
import type { RunEvent } from '@loadstair/runs';
import { CORES_PER_LAB_CPU } from '@loadstair/topology';
import { deadlineAt, type Deadline } from './deadline.ts';
import { startGeneration, type DriveContext } from './drive-context.ts';
import type { Generation } from './generation.ts';

/** More rows are not read while a run goes on. */
const MOST_PROJECTED = 8;

/**
 * Offers steps one after the other with one k6; each is judged as it ends, and `enough` may end it all early.
 *
 * @param before what was measured already; limits are projected from all
 */
export async function offer(
  context: DriveContext,
  steps: readonly PlannedStep[],
  of: number,
  enough: (judged: StepVerdict, rate: number) => boolean,
  before: readonly MeasuredStep[] = [],
): Promise<MeasuredStep[]> {
  const { session, emit, signal, profile } = context;
  const generation = startGeneration(context, steps);
  const known = before.map((step) => dataOf(context, step));
  const windows: { readonly step: PlannedStep; readonly startMs: number; readonly endMs: number }[] = [];
  try {
    for (const step of steps) {
      const kind = measuredKind(step);
      const beganMs = await generation.began(step.index, signal);
      emit({ type: 'step-started', atMs: Date.now(), step: step.index, of, kind, offered: step.rate, holdS: step.holdS });
      session.metrics.step({ index: step.index, kind, offered: step.rate });
      const endMs = beganMs + step.holdS * 1000;
      const ends = deadlineAt(endMs);
      await live(context, generation, step, of, ends);
      await ends.reached(signal, JUDGE_AFTER_MS);
      const window = { startMs: beganMs + step.settleS * 1000, endMs };
      windows.push({ step, ...window });
      const data = dataOf(context, measuredStep(context, generation, step, window));
      known.push(data);
      const judged = stepHolds(data, profile.slo);
      emit({
        type: 'step',
        atMs: Date.now(),
        step: step.index,
        kind,
        offered: step.rate,
        achieved: data.load.completed / ((window.endMs - window.startMs) / 1000),
        p95Ms: judged.quantileMs,
        failed: data.load.failed,
        failedShare: data.load.requests === 0 ? 0 : data.load.failed / data.load.requests,
        ...(data.load.failures === undefined ? {} : { failures: data.load.failures }),
        holds: judged.holds,
        closest: labelled(useNow(context, data.startMs, data.endMs))[0] ?? null,
        projected: kind === 'load' ? projected(context, known) : [],
      });
      if (enough(judged, step.rate)) break;
    }
  } catch (error) {
    // An interrupted climb keeps the steps it has finished.
    if (!signal.aborted) throw error;
  } finally {
    await generation.stop();
  }
  // Read again now that every answer has come: slow ones count in the step they were due in.
  return windows.map(({ step, startMs, endMs }) => measuredStep(context, generation, step, { startMs, endMs }));
}

/** A step as verdicts see it, with all answers that have come so far. */
export function dataOf({ session }: DriveContext, step: MeasuredStep): StepData {
  return stepData(step, session.hostsSince(step.startMs), session.sampler.samples, CORES_PER_LAB_CPU);
}

/** Limits that would run out first, as far as the steps so far tell. */
function projected({ session, profile }: DriveContext, steps: readonly StepData[]): Projection[] {
  const resources = resourcesOf(session.site.placement, CORES_PER_LAB_CPU);
  return projections({ steps, resources, profile: { ...profile, arrivals: 'poisson' } }).slice(0, MOST_PROJECTED);
}

function measuredKind(step: PlannedStep): 'load' | 'back' | 'trial' {
  return step.kind === 'warm-up' ? 'load' : step.kind;
}

function measuredStep(
  context: DriveContext,
  generation: Generation,
  step: PlannedStep,
  window: { readonly startMs: number; readonly endMs: number },
): MeasuredStep {
  return {
    index: step.index,
    kind: measuredKind(step),
    offered: step.rate,
    ...window,
    load: stepLoad(generation.record(step.index), { seed: context.seed, journeys: context.profile.journeys, logged: true }, step, window),
  };
}

/** Once a second while a step runs: what is offered, what comes back, who is closest to a limit. */
export async function live(context: DriveContext, generation: Generation, step: PlannedStep, of: number, ends: Deadline): Promise<void> {
  const { session, emit, signal } = context;
  while (ends.leftMs() > 500) {
    await delay(Math.min(1000, Math.max(1, ends.leftMs())), undefined, { signal });
    const now = Date.now();
    const recent = generation.recent(step.index, now - 3000, now);
    session.metrics.generator(recent);
    const use = useNow(context, now - 3000, now);
    emit({
      type: 'live',
      atMs: now,
      step: step.index,
      elapsedS: Math.max(0, step.holdS - ends.leftMs() / 1000),
      startedPerS: recent.startedPerS,
      achievedPerS: recent.achievedPerS,
      lateP99Ms: recent.lateP99Ms,
      dropped: recent.behind,
      closest: labelled(use).slice(0, 3),
      use,
      ...behindNow(context, now - 3000),
      latency: recent.latency,
      ...(recent.failures.length === 0 ? {} : { failures: recent.failures }),
      verdictInS: Math.max(0, (of - step.index) * step.holdS + ends.leftMs() / 1000),
    });
  }
}

/** The ones people look at first, with the words they read. */
function labelled(use: readonly Use[]): { label: string; busy: number }[] {
  return use
    .filter(({ kind }) => moduleOf(kind).prominence === 'first')
    .map(({ host, kind, busy }) => ({ label: `${host} ${moduleOf(kind).shortWord}`, busy }));
}

type Use = Extract<RunEvent, { type: 'live' }>['use'][number];

/** What each replica said last; one that said nothing for a while is left out. */
function behindNow({ session }: DriveContext, sinceMs: number): Pick<Extract<RunEvent, { type: 'live' }>, 'behind'> {
  const { soft: recent } = samplesAround(session.sampler.samples, { startMs: sinceMs, endMs: Infinity });
  const newest = new Map(recent.flatMap((soft) => (soft.replay === undefined || soft.atMs < sinceMs ? [] : [[soft.host, soft.replay]])));
  if (newest.size === 0) return {};
  return { behind: [...newest].map(([host, { behindBytes, behindSeconds }]) => ({ host, bytes: behindBytes, seconds: behindSeconds })) };
}

/** Use of every limit in a window, highest first; a disk has no limit that is known. */
function useNow({ session }: DriveContext, startMs: number, endMs: number): Use[] {
  return resourcesOf(session.site.placement, CORES_PER_LAB_CPU)
    .filter(({ kind }) => moduleOf(kind).prominence !== 'verdict')
    .flatMap((resource) => {
      const use = useOf(resource, session.sampler.samples, { startMs, endMs, blockS: 1 });
      return use === null ? [] : [{ host: resource.host, kind: resource.kind, busy: use.busy, limit: resource.limit }];
    })
    .sort((a, b) => b.busy - a.busy);
}
