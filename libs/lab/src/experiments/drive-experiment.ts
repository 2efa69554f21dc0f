import { mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { stepHolds } from '@loadstair/analysis';
import { phasesOf, type Experiment, type ObservedAction, type Phase } from '@loadstair/experiments';
import { stepLoad, TIMEOUT_MS, type PlannedStep, type StepRecord } from '@loadstair/load';
import { hostsThat } from '@loadstair/components/declarations';
import { stepData, still } from '@loadstair/measure';
import { CORES_PER_LAB_CPU, type PlacedHost, type Placement } from '@loadstair/topology';
import { deadlineAt } from '../load/deadline.ts';
import { loadFolder, startGeneration, type DriveContext } from '../load/drive-context.ts';
import type { Generation } from '../load/generation.ts';
import { live } from '../load/offer-steps.ts';
import { settle } from '../load/settle.ts';
import { predictAgain, warmUp, type WarmedUp } from '../load/warm-up.ts';
import type { SiteSession } from '../site-session.ts';
import { act, type Heard } from './act.ts';

/** What happened, before anything is made of it. */
export interface Driven {
  readonly startMs: number;
  /** Seconds without load just before it. */
  readonly idle: { readonly startMs: number; readonly endMs: number };
  readonly phases: readonly DrivenPhase[];
  readonly actions: readonly ObservedAction[];
}

export interface DrivenPhase {
  readonly phase: Phase;
  readonly step: PlannedStep;
  readonly startMs: number;
  readonly endMs: number;
  readonly record: StepRecord;
  /** At its end: hosts there are or were, and which of them live. */
  readonly placement: Placement;
  readonly alive: ReadonlySet<string>;
}

/** Idle before k6 is started, which asks nothing of the hosts for a second or two: that counts as well. */
const IDLE_BEFORE_MS = 700;
/** Enough for the loads of experiments, which lie well below the limit; nobody measures a limit to a few per cent here. */
const WARM_REQUESTS = { full: 2_200, quick: 1_000 } as const;
/** What is not measured at the start of a phase, in the numbers shown as it goes. */
const SETTLE_S = 1;

/** What is warm of a site: its web servers, and what each profile's load told. */
interface Warmth {
  readonly hosts: Set<string>;
  /** By the journeys of the profile: two of one name may differ. */
  readonly profiles: Map<string, WarmedUp>;
}
const warmths = new WeakMap<SiteSession, Warmth>();

/** Offers the phases one after the other with one k6, and does their actions meanwhile. */
export async function driveExperiment(context: DriveContext, experiment: Experiment): Promise<Driven> {
  const { session, emit, signal } = context;
  const startMs = Date.now();
  const actions: ObservedAction[] = [];
  let heard: Heard = { promised: () => [] };
  const doAll = async (phase: Pick<Phase, 'name' | 'actions'>): Promise<void> => {
    for (const action of phase.actions ?? []) {
      signal.throwIfAborted();
      const done = await act(session, action, phase.name, heard, signal);
      actions.push(done.observed);
      emit({ type: 'action', atMs: done.observed.endedMs, text: done.text });
    }
  };
  await doAll({ name: 'first', actions: experiment.first ?? [] });
  const phases = phasesOf(experiment, context.quick);
  if (phases.length === 0) return { startMs, idle: { startMs, endMs: startMs }, phases: [], actions };

  mkdirSync(loadFolder(context), { recursive: true });
  const predicted = await prepare(context);
  const idleMs = Date.now();
  await delay(IDLE_BEFORE_MS, undefined, { signal });
  const steps = phases.map((phase, index) => plannedStep(phase, phase.seconds, index + 1, predicted));
  const generation = startGeneration(context, steps);
  heard = generation;
  try {
    const idle = { startMs: idleMs, endMs: await generation.began(1, signal) };
    emit({ type: 'phase', atMs: Date.now(), phase: 'load', state: 'begun', text: `${steps.length} phases` });
    const seen = await offerPhases(context, generation, phases, steps, doAll);
    await untilAnswered(generation, seen.at(-1)?.step.index ?? 1, signal);
    const driven = seen.map((one) => ({ ...one, record: generation.record(one.step.index) }));
    return { startMs, idle, phases: driven, actions };
  } finally {
    session.metrics.step(null);
    await generation.stop();
  }
}

async function offerPhases(
  context: DriveContext,
  generation: Generation,
  phases: readonly Phase[],
  steps: readonly PlannedStep[],
  doAll: (phase: Phase) => Promise<void>,
): Promise<Omit<DrivenPhase, 'record'>[]> {
  const { session, emit, signal } = context;
  const seen: Omit<DrivenPhase, 'record'>[] = [];
  const everyHost = new Map<string, PlacedHost>();
  let acting: Promise<void> = Promise.resolve();
  let failure: unknown = null;
  for (const [index, step] of steps.entries()) {
    const phase = phases[index] as Phase;
    const startMs = await generation.began(step.index, signal);
    const endMs = startMs + step.holdS * 1000;
    emit({
      type: 'step-started',
      atMs: Date.now(),
      step: step.index,
      of: steps.length,
      kind: 'load',
      offered: step.rate,
      holdS: step.holdS,
    });
    session.metrics.step({ index: step.index, kind: 'load', offered: step.rate });
    // Load goes on whatever an action does; the next phase's actions wait for this one's.
    acting = acting
      .then(() => doAll(phase))
      .catch((error: unknown) => {
        failure ??= error;
      });
    const ends = deadlineAt(endMs);
    await live(context, generation, step, steps.length, ends);
    await ends.reached(signal);
    if (failure !== null) throw failure;
    const { placement } = session.site;
    for (const host of placement.hosts) everyHost.set(host.name, host);
    const alive = new Set(
      session.site
        .hosts()
        .filter((host) => host.state === 'up')
        .map((host) => host.name),
    );
    seen.push({ phase, step, startMs, endMs, placement: { ...placement, hosts: [...everyHost.values()] }, alive });
    tell(context, generation, seen.at(-1) as Omit<DrivenPhase, 'record'>);
  }
  await acting;
  if (failure !== null) throw failure;
  return seen;
}

/** The line people see of a phase; what is judged is measured again, when every answer has come. */
function tell(
  { emit, session, profile, seed }: DriveContext,
  generation: Generation,
  { phase, step, startMs, endMs, placement }: Omit<DrivenPhase, 'record'>,
): void {
  const window = { startMs: startMs + SETTLE_S * 1000, endMs };
  const journeys = step.journeys ?? profile.journeys;
  const load = stepLoad(generation.record(step.index), { seed, journeys, logged: true }, step, window);
  const data = stepData(
    { index: step.index, kind: 'load', offered: step.rate, ...window, load },
    still(placement),
    session.sampler.samples,
    CORES_PER_LAB_CPU,
  );
  const { holds, quantileMs, failedShare } = stepHolds(data, profile.slo);
  emit({
    type: 'step',
    atMs: Date.now(),
    step: step.index,
    kind: 'load',
    name: phase.name,
    offered: step.rate,
    achieved: load.completed / ((window.endMs - window.startMs) / 1000),
    p95Ms: quantileMs,
    failed: load.failed,
    ...(load.failures === undefined ? {} : { failures: load.failures }),
    failedShare,
    holds,
    closest: null,
    projected: [],
  });
}

/**
 * Warm-up with the budgets lifted, where a web server or a profile is new to it; then the budgets.
 *
 * @returns arrivals/s that fill the first resource
 */
async function prepare(context: DriveContext): Promise<number> {
  const { session, signal, profile, quick } = context;
  const warmth = warmths.get(session) ?? { hosts: new Set<string>(), profiles: new Map<string, WarmedUp>() };
  warmths.set(session, warmth);
  const servers = hostsThat(session.site.placement, ({ warmsUp }) => warmsUp).map((host) => host.name);
  const allWarm = servers.every((name) => warmth.hosts.has(name));
  const journeys = JSON.stringify(profile.journeys);
  let warmed = warmth.profiles.get(journeys);
  if (warmed === undefined || !allWarm) {
    const known = Math.max(0, ...[...warmth.profiles.values()].map(({ offered }) => offered));
    await session.site.liftBudgets();
    warmed = await (allWarm && known > 0
      ? predictAgain(context, known)
      : warmUp(context, quick ? WARM_REQUESTS.quick : WARM_REQUESTS.full));
    warmth.profiles.set(journeys, warmed);
    for (const name of servers) warmth.hosts.add(name);
  }
  await session.site.applyBudgets();
  await settle(session, signal);
  return warmed.full;
}

function plannedStep(phase: Phase, seconds: number, index: number, predicted: number): PlannedStep {
  const rate = 'rate' in phase.load ? phase.load.rate : phase.load.share * predicted;
  return {
    index,
    kind: 'load',
    rate: Math.max(1, Math.round(rate * 10) / 10),
    holdS: seconds,
    settleS: SETTLE_S,
    ...(phase.journeys === undefined ? {} : { journeys: phase.journeys }),
  };
}

/** Waits until what has begun is answered, or cannot be any more. */
async function untilAnswered(generation: Generation, step: number, signal: AbortSignal): Promise<void> {
  const giveUp = deadlineAt(Date.now() + TIMEOUT_MS + 500);
  const open = (): boolean => {
    const { rows, late } = generation.record(step);
    return rows.filter((row) => row.last).length < late.size;
  };
  // What k6 wrote last is read a moment later.
  do await delay(400, undefined, { signal });
  while (open() && giveUp.leftMs() > 0);
}
