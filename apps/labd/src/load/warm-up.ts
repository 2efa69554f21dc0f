import { setTimeout as delay } from 'node:timers/promises';
import type { PlannedStep } from '@loadstair/load';
import { predictSaturation, resourcesOf } from '@loadstair/measure';
import { LabProblem } from '../problem.ts';
import { CORES_PER_LAB_CPU } from '../site-session.ts';
import { startGeneration, type DriveContext } from './drive-context.ts';
import { sampledUntil } from './settle.ts';

/** Requests a site process must have answered before its cost is steady (calibration.md, "Boot and warm-up"). */
const WARM_REQUESTS = { full: 3000, quick: 2200 } as const;
const FIRST_LOOK = { rate: 40, holdS: 3 };
const WARM_RATE = 220;
const WARM_MAX_S = 45;
/** The slice of the warm-up that predicts, s before its end. */
const PREDICT_OVER_S = 4;

/**
 * Load with the budgets lifted, until every site process has answered enough requests; then what an arrival costs each
 * resource predicts where the first will be full.
 *
 * @param perProcess requests every site process must have answered
 * @returns arrivals/s
 */
export async function warmUp(
  context: DriveContext,
  perProcess: number = context.quick ? WARM_REQUESTS.quick : WARM_REQUESTS.full,
): Promise<number> {
  const { session, emit, signal } = context;
  const begunMs = Date.now();
  emit({ type: 'phase', atMs: begunMs, phase: 'warm-up', state: 'begun', text: 'budgets lifted' });
  const processes = session.site.placement.hosts.filter((host) => host.tierSpec.components.includes('site')).length;
  const wanted = processes * perProcess;

  // A soft limit may hold far less than the CPUs: a first look keeps the warm-up below it.
  const first = await warm(context, FIRST_LOOK.rate, FIRST_LOOK.holdS, Infinity, 1);
  const soft = resourcesOf(session.site.placement, CORES_PER_LAB_CPU).filter(
    (resource) => resource.kind === 'pool' || resource.kind === 'slots',
  );
  const early = predictSaturation(soft, session.sampler.samples, first.window, first.achieved, FIRST_LOOK.rate);
  signal.throwIfAborted();
  const rate = Math.round(Math.min(WARM_RATE * Math.min(processes, 1.5), 0.7 * early.load));
  // The first look may have answered enough already; what it costs is still to be seen.
  const enough = Math.max(wanted - first.answered, rate * PREDICT_OVER_S);
  const second = await warm(context, rate, WARM_MAX_S, enough, PREDICT_OVER_S);
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
  const generation = startGeneration(context, [step]);
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
  await sampledUntil(context.session, endMs, context.signal);
  return {
    answered: record.rows.length,
    achieved: completed / Math.max(0.1, (endMs - startMs) / 1000),
    window: { startMs, endMs, blockS: 1 },
  };
}
