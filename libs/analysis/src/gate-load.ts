import { percent, rate } from '@loadstair/resources';
import { check, latenessLimitMs, leastBy, LIMITS, stepsOf, type Check, type Claims } from './gate-check.ts';
import { quantile } from './histogram.ts';
import { loadSteps, requestsNeeded, stepHolds, tellsItsSide } from './onset.ts';
import type { RunData, Slo, StepData } from './run-data.ts';
import { mean, theilSen } from './statistics.ts';
import { nearLimit } from './suspects.ts';

/** Checks of the load: was it the load asked for, and do its own counts agree? */

/** Below any limit, only a rough look is claimed. */
const ROUGH_LOOK = 100;
const LONGER = 'use a longer profile, without --quick';

export function schedule(run: RunData, { relevant, passing }: Claims): Check {
  const limitMs = latenessLimitMs(run.profile.slo);
  const off = (step: StepData): number => (step.load.planned === 0 ? 0 : 1 - step.load.started / step.load.planned);
  // Without a passing step there is nothing to judge lateness on but the first one.
  const judged = passing.length > 0 ? passing : relevant.slice(0, 1);
  const late = Math.max(0, ...judged.map((step) => step.load.lateness.p99Ms));
  // Of sixty arrivals the p99 is the latest one: one hiccup of the machine is no proof of a load that is not the one asked for.
  const surelyLate = Math.max(0, ...judged.map(lateAtLeast));
  const least = passing.reduce<StepData | null>((worst, step) => (worst === null || off(step) > off(worst) ? step : worst), null);
  const worstOff = least === null ? 0 : off(least);
  const fine = surelyLate <= limitMs && worstOff <= LIMITS.startedShare;
  const inDoubt = late > limitMs && surelyLate <= limitMs;
  const fewer = worstOff > LIMITS.startedShare && least !== null ? `${startedOf(least)}, ` : '';
  return {
    ...check(
      fine,
      `${fewer}late p99 ${late.toFixed(0)} ms${inDoubt ? `, certainly more than ${surelyLate.toFixed(0)} ms` : ''}`,
      `±${percent(LIMITS.startedShare)} of the planned arrivals, late p99 ≤ ${limitMs.toFixed(0)} ms`,
      surelyLate,
      limitMs,
      'close other programs, or --scale 0.5',
      stepsOf(
        passing.length > 0 ? passing : relevant,
        (step) => lateAtLeast(step) > limitMs || (passing.includes(step) && off(step) > LIMITS.startedShare),
      ),
    ),
    ...(fine && late > limitMs / 2 ? { outcome: 'warn' as const } : {}),
  };
}

const lateAtLeast = ({ load: { lateness } }: StepData): number => lateness.p99AtLeastMs ?? lateness.p99Ms;

/** `31.2 of 36.0/s started (−13 %)` */
function startedOf({ load, startMs, endMs }: StepData): string {
  const perS = (count: number): string => rate(count / ((endMs - startMs) / 1000));
  return `${perS(load.started)} of ${perS(load.planned)}/s started (−${percent(1 - load.started / load.planned)})`;
}

/** Files and ports are the generator's own: what it could not send says nothing of the site. */
export function sockets({ relevant }: Claims): Check {
  const shareOf = ({ load: { notSent = 0, requests } }: StepData): number => notSent / Math.max(1, notSent + requests);
  const worst = Math.max(0, ...relevant.map(shareOf));
  return check(
    worst <= LIMITS.notSentShare,
    `k6 could not send ${percent(worst)} of its requests, because it had no file handles or ports left`,
    `< ${percent(LIMITS.notSentShare)}`,
    worst,
    LIMITS.notSentShare,
    'raise its limit of open files (ulimit -n), or --scale 0.5',
    stepsOf(relevant, (step) => shareOf(step) > LIMITS.notSentShare),
  );
}

export function dropped({ relevant, passing }: Claims): Check {
  const judged = passing.length > 0 ? passing : relevant;
  const shareOf = (step: StepData): number => (step.load.planned === 0 ? 0 : step.load.dropped / step.load.planned);
  const bad = (step: StepData): boolean => shareOf(step) > (piledUp(step) ? LIMITS.droppedWhenPiledUp : LIMITS.droppedShare);
  const refused = judged.filter(bad);
  const share = Math.max(0, ...(refused.length > 0 ? refused : judged).map(shareOf));
  return {
    ...check(
      refused.length === 0,
      `${percent(share)} of the arrivals never started`,
      `< ${percent(LIMITS.droppedShare)}`,
      share,
      LIMITS.droppedShare,
      '--scale 0.5',
      stepsOf(judged, bad),
    ),
    ...(refused.length === 0 && share > LIMITS.droppedShare ? { outcome: 'warn' as const } : {}),
  };
}

/**
 * Servers count what comes, the generator what it sends. More came than was sent: somebody else uses the site. Steps that failed are left out
 * where others held: requests of steps before run on into them.
 */
export function foreignLoad({ relevant, passing }: Claims): Check {
  const judged = passing.length > 0 ? passing : relevant.slice(0, 1);
  const foreign = judged.map((step) => ({ step, ...foreignIn(step) }));
  const worst = foreign.reduce((most, one) => (one.share > most.share ? one : most), { share: 0, perS: 0 });
  const found =
    worst.share > 0
      ? `the site received at least ${percent(worst.share)} more requests than k6 sent (${rate(worst.perS)}/s)`
      : 'the site received as many requests as k6 sent';
  return {
    ...check(
      worst.share <= LIMITS.foreignRefuse,
      found,
      `at most ${percent(LIMITS.foreignRefuse)} more`,
      worst.share,
      LIMITS.foreignRefuse,
      'find out which other client uses the site, and run it again',
      foreign.filter(({ share }) => share > LIMITS.foreignRefuse).map(({ step }) => step.index),
    ),
    ...(worst.share > LIMITS.foreignWarn && worst.share <= LIMITS.foreignRefuse ? { outcome: 'warn' as const } : {}),
  };
}

/**
 * What came beyond what was sent and in flight, beyond doubt. Counts are read once a second: an edge of the window lies between two readings,
 * and what came in that second up to it is known to half the root of its number (three standard errors, both edges).
 */
function foreignIn({ came, load, startMs, endMs }: StepData): { readonly share: number; readonly perS: number } {
  const { sent, inFlight } = load;
  if (came === undefined || sent === undefined || sent === 0) return { share: 0, perS: 0 };
  const seconds = (endMs - startMs) / 1000;
  const doubt = inFlight.start + 2 + 3 * Math.SQRT1_2 * Math.sqrt(came / seconds);
  const more = Math.max(0, came - sent - doubt);
  return { share: more / sent, perS: more / seconds };
}

/**
 * Whether the site, not k6, made virtual users scarce: k6 has some to spare for a quarter of a second of load, and makes more
 * only when the site keeps more in flight (loadprofiles/main.ts).
 */
function piledUp(step: StepData): boolean {
  return Math.max(0, step.load.inFlight.start, ...step.load.blocks.map((block) => block.inFlight)) >= 0.25 * step.offered;
}

/**
 * Where nothing failed, the highest step must show at least that much. Else one step that held and one that failed must be
 * known to have done so: the onset lies between those, and steps in between may stay open.
 */
export function short(run: RunData, claims: Claims): Check {
  const { slo } = run.profile;
  const { onset, relevant, passing } = claims;
  if (onset === null) return enough(slo, ROUGH_LOOK, relevant.slice(-1));
  const failing = loadSteps(run).filter((step) => step.offered >= onset.firstFail && !stepHolds(step, slo).holds);
  const nearest = [passing.at(-1), failing[0]].filter((step) => step !== undefined);
  const sides = [passing, failing].filter((side) => side.length > 0);
  const untold = sides.some((side) => !side.some((step) => tellsItsSide(step, slo)));
  const open = nearest.filter((step) => !tellsItsSide(step, slo));
  if (untold) return enough(slo, requestsNeeded(slo), open);
  const needed = requestsNeeded(slo);
  const has = Math.min(...nearest.map((step) => step.load.requests));
  const told =
    open.length > 0
      ? `it is not certain whether p${slo.quantile * 100} is above or below ${slo.latencyMs} ms at ${open.map((step) => rate(step.offered)).join(' and ')}/s, but it is certain at the loads around it`
      : has >= needed
        ? `p${slo.quantile * 100} needs ${needed} requests, has ${has}`
        : `${has} requests are enough here: p${slo.quantile * 100} is clearly above or clearly below ${slo.latencyMs} ms`;
  return check(true, told, `${needed} requests, or certainty about the SLO`, has, needed, LONGER);
}

function enough(slo: Slo, needed: number, steps: readonly StepData[]): Check {
  const few = steps.filter((step) => step.load.requests < needed);
  const has = leastBy(steps, (step) => step.load.requests)?.load.requests ?? 0;
  return check(
    steps.length > 0 && few.length === 0,
    `p${slo.quantile * 100} needs ${needed} requests, has ${has}`,
    `${needed} requests, or certainty about the SLO`,
    has,
    needed,
    LONGER,
    few.map((step) => step.index),
  );
}

export function mix({ passing }: Claims): Check {
  let worst = 0;
  let name = '';
  for (const step of passing) {
    for (const one of step.load.byClass) {
      const share = step.load.requests === 0 ? 0 : one.requests / step.load.requests;
      // A share of few requests is known only to its sampling error.
      const slack = 3 * Math.sqrt((one.plannedShare * (1 - one.plannedShare)) / Math.max(1, step.load.requests));
      const off = Math.max(0, Math.abs(share - one.plannedShare) - slack);
      if (off > worst) [worst, name] = [off, one.name];
    }
  }
  return check(
    worst <= LIMITS.mixPoints,
    name === ''
      ? 'every kind of request has its planned share'
      : `${name}: ${(worst * 100).toFixed(1)} percentage points off its planned share`,
    'at most 2 percentage points',
    worst,
    LIMITS.mixPoints,
    'see in the report which requests failed',
  );
}

/** A step that held must not have been filling up all along. */
export function unsteady(run: RunData, { passing }: Claims): Check {
  const growing = passing.filter((step) => {
    // Close to a limit the queue wanders: that is how a limit begins, not unrest.
    if (nearLimit(run, step)) return false;
    const { blocks } = step.load;
    const inFlight = blocks.map((block) => block.inFlight);
    // Few are in flight below the limit, and their number says little; how long they take says more.
    const latencies = blocks.flatMap(({ p50Ms }) => p50Ms ?? []);
    return (
      grows(inFlight, Math.max(LIMITS.grown, mean(inFlight))) ||
      grows(latencies, Math.max(LIMITS.slower * run.profile.slo.latencyMs, mean(latencies)))
    );
  });
  return check(
    growing.length === 0,
    growing.length === 0
      ? 'latency and requests in flight stayed level in the steps that met the SLO'
      : `latency or requests in flight kept growing in ${growing.length} ${growing.length === 1 ? 'step' : 'steps'} that met the SLO`,
    'no steady growth',
    growing.length,
    0,
    'use longer steps, without --quick',
    growing.map((step) => step.index),
  );
}

/** Whether values grew all along, beyond doubt, by more than so much. */
function grows(values: readonly number[], least: number): boolean {
  const { slope, interval } = theilSen(values);
  return interval[0] > 0 && slope * values.length > least;
}

/** N = X·R (Little 1961) in steps that held: two counts of the same thing must agree. */
export function little({ passing }: Claims): Check {
  let worst = 0;
  for (const step of passing) {
    const expected = (step.load.started / ((step.endMs - step.startMs) / 1000)) * (step.load.meanArrivalMs / 1000);
    // Arrivals that cross an edge of the window count in one and not in the other, for as long as the slowest of them take.
    const { start, end, mean: inFlight } = step.load.inFlight;
    const edges = ((start + end + 1) * (quantile(step.load.latency, 0.95) ?? 0)) / (step.endMs - step.startMs);
    // Below a few arrivals in flight, one more or less is a large share.
    const off = Math.max(0, Math.abs(inFlight - expected) - edges - 1);
    worst = Math.max(worst, off / Math.max(expected, 1));
  }
  return check(
    worst <= LIMITS.little,
    `arrivals in flight and rate × time in the site differ by ${percent(worst)}`,
    `at most ${percent(LIMITS.little)}`,
    worst,
    LIMITS.little,
    'run it again; if it happens again, report it',
  );
}
