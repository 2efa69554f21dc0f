import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stepHolds } from '@loadstair/analysis';
import { compileSteps, stepLoad, type LoadSteps, type PlannedStep, type Profile } from '@loadstair/load';
import { growth, predictSaturation, resourcesOf, stepData, useOf, type MeasuredStep } from '@loadstair/measure';
import type { RunEvent } from '@loadstair/runs';
import type { Placement } from '@loadstair/topology';
import type { LabdConfig } from './config.ts';
import { LabProblem } from './problem.ts';
import { generate, type Generation } from './generation.ts';
import { CORES_PER_LAB_CPU, type SiteSession } from './site-session.ts';

export interface DrivenLoad {
  readonly steps: readonly MeasuredStep[];
  readonly placement: Placement;
  readonly interrupted: boolean;
}

export interface DriveContext {
  readonly config: LabdConfig;
  readonly session: SiteSession;
  readonly k6: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly quick: boolean;
  readonly scale: number;
  readonly run: string;
  readonly stage: number;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

/** Requests a site process must have answered before its cost is steady (calibration.md, "Boot and warm-up"). */
const WARM_REQUESTS = { full: 3000, quick: 2200 } as const;
const FIRST_LOOK = { rate: 40, holdS: 3 };
const WARM_RATE = 220;
const WARM_MAX_S = 45;
/** The slice of the warm-up that predicts, s before its end. */
const PREDICT_OVER_S = 4;
const DRAIN_MS = 12_000;
/** After a step's end, slow answers may still come; then the step is judged. */
const JUDGE_AFTER_MS = 400;

/** Offers a profile's load to a site and measures every step of it. */
export async function driveLoad(context: DriveContext): Promise<DrivenLoad> {
  const { session, emit, signal, profile } = context;
  const { site } = session;
  mkdirSync(runFolder(context), { recursive: true });
  announceMachine(context);

  await site.liftBudgets();
  const predicted = await warmUp(context);
  await site.applyBudgets();
  await settle(session, signal);
  const placement = site.placement;

  const load = compileSteps(profile, { predicted, scale: context.scale, quick: context.quick });
  const measured: MeasuredStep[] = [];
  const of = load.steps.length + (load.back === null ? 0 : 1);
  emit({ type: 'phase', atMs: Date.now(), phase: 'load', state: 'begun', text: `${of} steps at most` });
  try {
    measured.push(await idleStep(context, load.idleS));
    const climbed = await climb(context, load, of);
    measured.push(...climbed.measured);
    if (load.back !== null && climbed.lastHeld !== null && climbed.failed) {
      await settle(session, signal);
      const back: PlannedStep = {
        index: climbed.measured.length + 1,
        kind: 'back',
        rate: Math.max(0.1, Math.round(climbed.lastHeld * load.back.share * 10) / 10),
        holdS: Math.min(load.back.holdS, 12),
        settleS: load.back.settleS,
      };
      measured.push(...(await offer(context, [back], of, () => false)));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    session.metrics.step(null);
  }
  // Interrupted before the first step of load was whole: nothing was measured.
  if (!measured.some((step) => step.kind === 'load')) signal.throwIfAborted();
  return { steps: measured, placement, interrupted: signal.aborted };
}

function runFolder({ config, run }: DriveContext): string {
  return join(config.labFolder, 'runs', run, 'load');
}

function announceMachine({ session, emit }: DriveContext): void {
  const reading = session.site.read();
  const most = session.site.placement.hosts.reduce((sum, host) => sum + host.tierSpec.cpu * CORES_PER_LAB_CPU, 0);
  const share = Math.round((100 * most) / reading.machine.cores);
  emit({
    type: 'phase',
    atMs: Date.now(),
    phase: 'machine',
    state: 'done',
    text: `${reading.machine.cores} cores; the hosts can use at most ${share} % of them`,
  });
}

/**
 * Load with the budgets lifted, until every site process has answered enough requests; then what an arrival costs each
 * resource predicts where the first will be full.
 *
 * @returns arrivals/s
 */
async function warmUp(context: DriveContext): Promise<number> {
  const { session, emit, signal } = context;
  const begunMs = Date.now();
  emit({ type: 'phase', atMs: begunMs, phase: 'warm-up', state: 'begun', text: 'budgets lifted' });
  const processes = session.site.placement.hosts.filter((host) => host.tierSpec.components.includes('site')).length;
  const wanted = processes * (context.quick ? WARM_REQUESTS.quick : WARM_REQUESTS.full);

  // A soft limit may hold far less than the CPUs: a first look keeps the warm-up below it.
  const first = await warm(context, FIRST_LOOK.rate, FIRST_LOOK.holdS, Infinity, 1);
  const soft = resourcesOf(session.site.placement, CORES_PER_LAB_CPU).filter(
    (resource) => resource.kind === 'pool' || resource.kind === 'slots',
  );
  const early = predictSaturation(soft, session.sampler.samples, first.window, first.achieved, FIRST_LOOK.rate);
  signal.throwIfAborted();
  const rate = Math.round(Math.min(WARM_RATE * Math.min(processes, 1.5), 0.7 * early.load));
  const second = await warm(context, rate, WARM_MAX_S, wanted - first.answered, PREDICT_OVER_S);
  const prediction = predictSaturation(
    resourcesOf(session.site.placement, CORES_PER_LAB_CPU),
    session.sampler.samples,
    second.window,
    second.achieved,
    rate,
  );
  const answered = first.answered + second.answered;
  emit({
    type: 'phase',
    atMs: Date.now(),
    phase: 'warm-up',
    state: 'done',
    text: `${Math.round((Date.now() - begunMs) / 1000)} s, ${answered.toLocaleString('en')} requests`,
  });
  if (!Number.isFinite(prediction.load) || prediction.load <= 0) {
    throw new LabProblem(500, {
      what: 'The site answered nothing in the warm-up.',
      why: `${answered} requests were answered at ${rate} arrivals/s`,
      do: './lab logs web-1',
      code: 'E_WARM_UP',
      exit: 1,
    });
  }
  return prediction.load;
}

interface Warmed {
  readonly answered: number;
  /** Arrivals completed per second in the window. */
  readonly achieved: number;
  readonly window: { readonly startMs: number; readonly endMs: number; readonly blockS: number };
}

async function warm(context: DriveContext, rate: number, holdS: number, enough: number, overS: number): Promise<Warmed> {
  const step: PlannedStep = { index: 0, kind: 'warm-up', rate, holdS, settleS: 0 };
  const generation = start(context, [step]);
  const stop = new AbortController();
  const watch = (async () => {
    while (!stop.signal.aborted) {
      if (context.signal.aborted || generation.answered() >= enough) return generation.stop();
      await delay(200, undefined, { signal: stop.signal }).catch(() => {});
    }
  })();
  await generation.ended.finally(() => stop.abort());
  await watch;
  context.signal.throwIfAborted();
  const record = generation.record(0);
  const ends = record.rows
    .filter((row) => row.last)
    .map((row) => row.dueMs + row.latencyMs)
    .sort((a, b) => a - b);
  const beganMs = record.beganMs;
  // Ends where the last arrival was due, not where the slowest answer came.
  const endMs = Math.min(beganMs + holdS * 1000, ends.at(-1) ?? beganMs + 1000);
  const startMs = Math.max(beganMs, endMs - overS * 1000);
  const completed = ends.filter((ms) => ms >= startMs && ms < endMs).length;
  return {
    answered: record.rows.length,
    achieved: completed / Math.max(0.1, (endMs - startMs) / 1000),
    window: { startMs, endMs, blockS: 1 },
  };
}

/** Waits until nothing is queued or working any more, as far as the samples show. */
async function settle(session: SiteSession, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + DRAIN_MS;
  while (Date.now() < deadline) {
    await delay(500, undefined, { signal });
    const now = Date.now();
    const busy = session.site.placement.hosts.some((host) => {
      const points = session.sampler.samples.readings.flatMap((reading) => {
        const found = reading.hosts.find((one) => one.host === host.name);
        return found === undefined ? [] : [{ atMs: reading.atMs, value: found.cpuSeconds }];
      });
      return (growth(points, now - 1000, now) ?? 0) > 0.2 * host.tierSpec.cpu * CORES_PER_LAB_CPU;
    });
    const waiting = session.sampler.samples.soft.some((soft) => soft.atMs > now - 1200 && soft.kind !== 'lock' && (soft.waiting ?? 0) > 1);
    if (!busy && !waiting) return;
  }
}

/** Nothing is offered: what hosts use now is not load's doing. */
async function idleStep({ session, emit, signal }: DriveContext, idleS: number): Promise<MeasuredStep> {
  const startMs = Date.now();
  emit({ type: 'step-started', atMs: startMs, step: 0, of: 0, kind: 'idle', offered: 0, holdS: idleS });
  session.metrics.step({ index: 0, kind: 'idle', offered: 0 });
  await delay(idleS * 1000, undefined, { signal });
  const endMs = Date.now();
  const step: PlannedStep = { index: 0, kind: 'load', rate: 0, holdS: idleS, settleS: 0 };
  const load = stepLoad({ rows: [], late: new Map(), beganMs: startMs, asOfMs: endMs }, { seed: 0, journeys: {} }, step, {
    startMs,
    endMs,
  });
  return { index: 0, kind: 'idle', offered: 0, startMs, endMs, load };
}

interface Climbed {
  readonly measured: readonly MeasuredStep[];
  /** Highest load that held before the first that did not; the lowest step when none held. */
  readonly lastHeld: number | null;
  readonly failed: boolean;
}

async function climb(context: DriveContext, load: LoadSteps, of: number): Promise<Climbed> {
  let failing = 0;
  let lastHeld: number | null = null;
  let failed = false;
  const measured = await offer(context, load.steps, of, (holds, rate) => {
    failing = holds ? 0 : failing + 1;
    if (holds && !failed) lastHeld = rate;
    if (!holds) failed = true;
    return load.stopsOnFailure && failing >= 2;
  });
  return { measured, lastHeld: lastHeld ?? load.steps[0]?.rate ?? null, failed };
}

/** Offers steps one after the other with one k6; each is judged as it ends, and `enough` may end it all early. */
async function offer(
  context: DriveContext,
  steps: readonly PlannedStep[],
  of: number,
  enough: (holds: boolean, rate: number) => boolean,
): Promise<MeasuredStep[]> {
  const { session, emit, signal, profile } = context;
  const generation = start(context, steps);
  const windows: { readonly step: PlannedStep; readonly startMs: number; readonly endMs: number }[] = [];
  try {
    for (const step of steps) {
      const kind = step.kind === 'back' ? 'back' : 'load';
      const beganMs = await generation.began(step.index, signal);
      emit({ type: 'step-started', atMs: Date.now(), step: step.index, of, kind, offered: step.rate, holdS: step.holdS });
      session.metrics.step({ index: step.index, kind, offered: step.rate });
      const endMs = beganMs + step.holdS * 1000;
      await live(context, generation, step, of, endMs);
      await delay(Math.max(0, endMs + JUDGE_AFTER_MS - Date.now()), undefined, { signal });
      const window = { startMs: beganMs + step.settleS * 1000, endMs };
      windows.push({ step, ...window });
      const data = stepData(
        measuredStep(context, generation, step, window),
        session.site.placement,
        session.sampler.samples,
        CORES_PER_LAB_CPU,
      );
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
        holds: judged.holds,
        closest: closest(context, data.startMs, data.endMs)[0] ?? null,
      });
      if (enough(judged.holds, step.rate)) break;
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

function measuredStep(
  context: DriveContext,
  generation: Generation,
  step: PlannedStep,
  window: { readonly startMs: number; readonly endMs: number },
): MeasuredStep {
  return {
    index: step.index,
    kind: step.kind === 'back' ? 'back' : 'load',
    offered: step.rate,
    ...window,
    load: stepLoad(generation.record(step.index), { seed: context.seed, journeys: context.profile.journeys }, step, window),
  };
}

/** Once a second while a step runs: what is offered, what comes back, who is closest to a limit. */
async function live(context: DriveContext, generation: Generation, step: PlannedStep, of: number, endMs: number): Promise<void> {
  const { emit, signal } = context;
  while (Date.now() < endMs - 500) {
    await delay(Math.min(1000, Math.max(1, endMs - Date.now())), undefined, { signal });
    const now = Date.now();
    const recent = generation.recent(step.index, now - 3000, now);
    emit({
      type: 'live',
      atMs: now,
      step: step.index,
      elapsedS: Math.max(0, step.holdS - (endMs - now) / 1000),
      startedPerS: recent.startedPerS,
      achievedPerS: recent.achievedPerS,
      lateP99Ms: recent.lateP99Ms,
      dropped: recent.behind,
      closest: closest(context, now - 3000, now).slice(0, 3),
      verdictInS: Math.max(0, (of - step.index) * step.holdS + (endMs - now) / 1000),
    });
  }
}

/** Resources by how much of their limit is used, highest first, with the words people read. */
function closest({ session }: DriveContext, startMs: number, endMs: number): { label: string; busy: number }[] {
  const words: Readonly<Record<string, string>> = { cpu: 'CPU', pool: 'pool', slots: 'slots' };
  return resourcesOf(session.site.placement, CORES_PER_LAB_CPU)
    .filter((resource) => resource.kind in words)
    .flatMap((resource) => {
      const use = useOf(resource, session.sampler.samples, { startMs, endMs, blockS: 1 });
      return use === null ? [] : [{ label: `${resource.host} ${words[resource.kind]}`, busy: use.busy }];
    })
    .sort((a, b) => b.busy - a.busy);
}

function start(context: DriveContext, steps: readonly PlannedStep[]): Generation {
  const { session, profile, config } = context;
  const { site } = session;
  return generate(
    {
      run: context.run,
      stage: context.stage,
      profile: profile.name,
      seed: context.seed,
      baseUrl: site.url.named,
      journeys: profile.journeys,
      steps,
      users: 20_000,
      photos: 60_000,
      tracedShare: steps[0]?.kind === 'warm-up' ? 0 : 0.02,
    },
    {
      k6: context.k6,
      folder: runFolder(context),
      repoFolder: config.repoFolder,
      clientCommand: (command, args) => site.clientCommand(command, args),
      clientPrefix: site.placement.clientPrefix,
      prometheusUrl: steps[0]?.kind === 'warm-up' ? null : session.prometheusUrl,
    },
  );
}
