import { mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { StepVerdict } from '@loadstair/analysis';
import { compileAround, compileSearch, compileSteps, type LoadSteps, type PlannedStep } from '@loadstair/load';
import { idleStep, lastThatHolds, startClimb, stepBack, type MeasuredStep } from '@loadstair/measure';
import { CORES_PER_LAB_CPU } from '@loadstair/topology';
import { loadFolder, type DriveContext } from './drive-context.ts';
import { dataOf, offer } from './offer-steps.ts';
import { settle } from './settle.ts';
import { offerTrials } from './trials.ts';
import { warmUp } from './warm-up.ts';

export interface DrivenLoad {
  readonly steps: readonly MeasuredStep[];
  readonly interrupted: boolean;
}

/** Offers a profile's load to a site and measures every step of it. */
export async function driveLoad(context: DriveContext): Promise<DrivenLoad> {
  const { session, emit, signal } = context;
  const { site } = session;
  mkdirSync(loadFolder(context), { recursive: true });
  announceMachine(context);

  await site.liftBudgets();
  const { full: predicted } = await warmUp(context);
  await site.applyBudgets();
  await settle(session, signal);

  const load = stepsFor(context, predicted);
  const measured: MeasuredStep[] = [];
  const of = load.steps.length + (load.back === null ? 0 : 1);
  emit({ type: 'phase', atMs: Date.now(), phase: 'load', state: 'begun', text: `at most ${of} steps` });
  try {
    measured.push(await idle(context, load.idleS));
    const climbed = await climb(context, load, of, [...measured]);
    measured.push(...climbed.measured);
    if (context.purpose.kind === 'search') measured.push(...(await offerTrials(context, measured, context.purpose.trials)));
    // In a search too: the calm step tells garbage collection from a process that its limit stops while it collects.
    if (load.back !== null && climbed.lastHeld !== null && climbed.failed) {
      await settle(session, signal);
      const back = stepBack(load.back, climbed.lastHeld, measured.length);
      measured.push(...(await offer(context, [back], of, () => false)));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    session.metrics.step(null);
  }
  // Interrupted before the first step of load was whole: nothing was measured.
  if (!measured.some((step) => step.kind === 'load')) signal.throwIfAborted();
  return { steps: measured, interrupted: signal.aborted };
}

function stepsFor({ profile, purpose, scale, quick }: DriveContext, predicted: number): LoadSteps {
  switch (purpose.kind) {
    case 'run':
      return compileSteps(profile, { predicted, scale, quick });
    case 'search':
      return compileSearch({ predicted, scale });
    case 'around':
      return compileAround(purpose.load);
  }
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

/** Nothing is offered: what hosts use now is not load's doing. */
async function idle({ session, emit, signal }: DriveContext, idleS: number): Promise<MeasuredStep> {
  const startMs = Date.now();
  emit({ type: 'step-started', atMs: startMs, step: 0, of: 0, kind: 'idle', offered: 0, holdS: idleS });
  session.metrics.step({ index: 0, kind: 'idle', offered: 0 });
  await delay(idleS * 1000, undefined, { signal });
  return idleStep(startMs, Date.now());
}

interface Climbed {
  readonly measured: readonly MeasuredStep[];
  /** Highest load that held; the lowest step when none did. */
  readonly lastHeld: number | null;
  readonly failed: boolean;
}

async function climb(context: DriveContext, load: LoadSteps, of: number, before: readonly MeasuredStep[]): Promise<Climbed> {
  const { profile, session, signal } = context;
  const going = startClimb(load.endsAfter, profile.slo);
  const measured = await offer(context, load.steps, of, going.judged, before);
  const heldIn = (steps: readonly MeasuredStep[]): number | null =>
    lastThatHolds(
      steps.map((step) => dataOf(context, step)),
      profile.slo,
    );
  const more = async (step: PlannedStep): Promise<MeasuredStep[]> => {
    // What a step that failed left waiting would fail the next one as well, and take more virtual users than k6 has.
    await settle(session, signal);
    const index = before.length + measured.length;
    const judged = (verdict: StepVerdict): boolean => {
      going.judged(verdict);
      return true;
    };
    const offered = await offer(context, [{ ...step, index }], of, judged, [...before, ...measured]);
    measured.push(...offered);
    return offered;
  };
  const say = (text: string): void => context.emit({ type: 'phase', atMs: Date.now(), phase: 'load', state: 'done', text });
  if (heldIn(measured) === null && load.lower.length > 0 && !signal.aborted) {
    say('no step met the SLO; trying lower loads');
    for (const step of load.lower) {
      const offered = await more(step);
      if (heldIn(offered) !== null || signal.aborted) break;
    }
  } else if (!going.isOver() && load.higher.length > 0) {
    say('the last step met the SLO, or nearly; trying higher loads');
    for (const step of load.higher) {
      if (going.isOver() || signal.aborted) break;
      await more(step);
    }
  }
  const lastHeld = heldIn(measured);
  return { measured, lastHeld: lastHeld ?? load.steps[0]?.rate ?? null, failed: going.failed() || lastHeld === null };
}
