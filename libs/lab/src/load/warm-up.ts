import { setTimeout as delay } from 'node:timers/promises';
import { isFailure, wasSent, type PlannedStep } from '@loadstair/load';
import { predictSaturation, resourcesOf } from '@loadstair/measure';
import { hostsThat } from '@loadstair/components/declarations';
import { moduleOf } from '@loadstair/resources';
import { CORES_PER_LAB_CPU } from '@loadstair/topology';
import { LabProblem } from '../problem.ts';
import { startGeneration, type DriveContext } from './drive-context.ts';
import { lookBack, type Looked } from './look-back.ts';
import { sampledUntil, settle } from './settle.ts';

/** Requests a site process must have answered before its cost is steady (calibration.md, "Boot and warm-up"). */
const WARM_REQUESTS = { full: 3000, quick: 2200 } as const;
/** Over two seconds: of the arrivals of one, two that are late would be more than a site may fall behind by. */
const FIRST_LOOK = { rate: 40, holdS: 3, overS: 2 };
const WARM_RATE = 220;
const WARM_MAX_S = 45;
/** The slice of the warm-up that predicts, s before its end. */
const PREDICT_OVER_S = 4;
/** Of the arrivals of a warm-up; with more it asks too much of the site, and looks again at this share of what was answered. */
const MOST_FAILED = 0.02;
const CALM_SHARE = 0.6;
/**
 * On a site that is warm: a little less than the load of the profile that warmed it, of which another may ask more. Far less would
 * predict too low, because an arrival costs a process that has just slept more.
 */
const LOOK_AGAIN = { share: 0.8, beforeS: 1, overS: 3 };

/** What a warm-up tells, arrivals/s. */
export interface WarmedUp {
  /** Where the first resource will be full. */
  readonly full: number;
  /** What was offered while it was seen. */
  readonly offered: number;
}

/**
 * Load with the budgets lifted, until every site process has answered enough requests; then what an arrival costs each
 * resource predicts where the first will be full.
 *
 * @param perProcess requests every site process must have answered
 * @throws LabProblem when nothing was answered
 */
export function warmUp(
  context: DriveContext,
  perProcess: number = context.quick ? WARM_REQUESTS.quick : WARM_REQUESTS.full,
): Promise<WarmedUp> {
  return told(context, () => warmAnew(context, perProcess));
}

/**
 * The same for a profile that is new to a site that is warm: it has to be seen only, and how much the site holds is known.
 *
 * @param known arrivals/s of another profile that the site answered with the budgets lifted
 * @throws LabProblem when nothing was answered
 */
export function predictAgain(context: DriveContext, known: number): Promise<WarmedUp> {
  const offered = Math.round(LOOK_AGAIN.share * known);
  const { beforeS, overS } = LOOK_AGAIN;
  return told(context, async () => ({ offered, warmed: await warm(context, offered, beforeS + overS, Infinity, overS) }));
}

interface Seen {
  readonly offered: number;
  readonly warmed: Warmed;
}

async function warmAnew(context: DriveContext, perProcess: number): Promise<Seen> {
  const { session, signal } = context;
  const processes = warmingHosts(context).length;
  const wanted = processes * perProcess;

  // A soft limit may hold far less than the CPUs: a first look keeps the warm-up below it.
  const first = await warm(context, FIRST_LOOK.rate, FIRST_LOOK.holdS, Infinity, FIRST_LOOK.overS);
  const soft = resourcesOf(session.site.placement, CORES_PER_LAB_CPU).filter(({ kind }) => moduleOf(kind).held);
  const early = predictSaturation(soft, session.sampler.samples, first.window, first.achieved, first.planned);
  signal.throwIfAborted();
  const rate = Math.max(1, Math.round(Math.min(WARM_RATE * Math.min(processes, 1.5), 0.7 * early.load)));
  // The first look may have answered enough already; what it costs is still to be seen.
  const enough = Math.max(wanted - first.answered, rate * PREDICT_OVER_S);
  const second = await warm(context, rate, WARM_MAX_S, enough, PREDICT_OVER_S);
  const answered = first.answered + second.answered;
  if (second.failedShare <= MOST_FAILED || second.achieved === 0) return { offered: rate, warmed: { ...second, answered } };
  // What failed took CPU as well: what an arrival costs is seen where all are answered.
  await settle(session, signal);
  const calm = Math.max(1, Math.round(CALM_SHARE * second.achieved));
  const third = await warm(context, calm, LOOK_AGAIN.beforeS + PREDICT_OVER_S, Infinity, PREDICT_OVER_S);
  return { offered: calm, warmed: { ...third, answered: answered + third.answered } };
}

/** Tells people that the site is warmed and how it went, and predicts from what was seen. */
async function told(context: DriveContext, look: () => Promise<Seen>): Promise<WarmedUp> {
  const { session, emit } = context;
  const begunMs = Date.now();
  emit({ type: 'phase', atMs: begunMs, phase: 'warm-up', state: 'begun', text: 'budgets lifted' });
  const { offered, warmed } = await look();
  const { load: full } = predictSaturation(
    resourcesOf(session.site.placement, CORES_PER_LAB_CPU),
    session.sampler.samples,
    warmed.window,
    warmed.achieved,
    warmed.planned,
  );
  emit({
    type: 'phase',
    atMs: Date.now(),
    phase: 'warm-up',
    state: 'done',
    text: `${Math.round((Date.now() - begunMs) / 1000)} s, ${warmed.answered.toLocaleString('en')} requests`,
  });
  if (Number.isFinite(full) && full > 0) return { full, offered };
  throw new LabProblem(500, {
    what: 'The site answered no requests during the warm-up.',
    why: `${warmed.answered} requests were answered at ${offered} arrivals/s`,
    do: ['./lab logs', ...warmingHosts(context).slice(0, 1)].join(' '),
    code: 'E_WARM_UP',
    exit: 1,
  });
}

/** Names of the hosts whose first requests are slow. */
function warmingHosts({ session }: DriveContext): string[] {
  return hostsThat(session.site.placement, ({ warmsUp }) => warmsUp).map(({ name }) => name);
}

interface Warmed extends Looked {
  readonly answered: number;
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
  const looked = lookBack(record, step, context.seed, overS);
  await sampledUntil(context.session, looked.window.endMs, context.signal);
  return { ...looked, answered: record.rows.filter((row) => wasSent(row) && !isFailure(row)).length };
}
