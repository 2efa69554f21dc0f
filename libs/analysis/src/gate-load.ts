import { check, leastBy, LIMITS, stepsOf, type Check, type Claims } from './gate-check.ts';
import { percent, rate } from './format.ts';
import { quantile, shareAbove } from './histogram.ts';
import { stepHolds } from './onset.ts';
import type { RunData, StepData } from './run-data.ts';
import { mean, theilSen, wilson } from './statistics.ts';
import { nearLimit } from './suspects.ts';

/** Checks of the load: was it the load asked for, and do its own counts agree? */

/** n·(1 − q) requests that must lie beyond a quantile before it is claimed. */
const BEYOND_QUANTILE = 30;
/** With fewer it may be claimed on which side of the SLO a quantile lies, when that is beyond doubt; below this many, not even that. */
const LEAST_BEYOND = 10;
/** Below any limit, only a rough look is claimed. */
const ROUGH_LOOK = 100;

export function schedule({ relevant, passing }: Claims): Check {
  const off = (step: StepData): number => (step.load.planned === 0 ? 0 : 1 - step.load.started / step.load.planned);
  const late = Math.max(0, ...passing.map((step) => step.load.lateness.p99Ms));
  // Without a passing step there is nothing to judge lateness on but the first one.
  const judged = passing.length > 0 ? late : (relevant[0]?.load.lateness.p99Ms ?? 0);
  const least = passing.reduce<StepData | null>((worst, step) => (worst === null || off(step) > off(worst) ? step : worst), null);
  const worstOff = least === null ? 0 : off(least);
  const fine = judged <= LIMITS.latenessRefuseMs && worstOff <= LIMITS.startedShare;
  const fewer = worstOff > LIMITS.startedShare && least !== null ? `${startedOf(least)}, ` : '';
  return {
    ...check(
      fine,
      `${fewer}late p99 ${judged.toFixed(0)} ms`,
      `±${percent(LIMITS.startedShare)}, ${LIMITS.latenessRefuseMs} ms`,
      judged,
      LIMITS.latenessRefuseMs,
      'close other programs, or --scale 0.5',
      stepsOf(
        passing.length > 0 ? passing : relevant,
        (step) => step.load.lateness.p99Ms > LIMITS.latenessRefuseMs || (passing.includes(step) && off(step) > LIMITS.startedShare),
      ),
    ),
    ...(fine && judged > LIMITS.latenessWarnMs ? { outcome: 'warn' as const } : {}),
  };
}

/** `31.2 of 36.0/s started (−13 %)` */
function startedOf({ load, startMs, endMs }: StepData): string {
  const perS = (count: number): string => rate(count / ((endMs - startMs) / 1000));
  return `${perS(load.started)} of ${perS(load.planned)}/s started (−${percent(1 - load.started / load.planned)})`;
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
      `${percent(share)} of the arrivals never began`,
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
 * Whether the site, not k6, made virtual users scarce: k6 has some to spare for a quarter of a second of load, and makes more
 * only when the site keeps more in flight (loadprofiles/main.ts).
 */
function piledUp(step: StepData): boolean {
  return Math.max(0, step.load.inFlight.start, ...step.load.blocks.map((block) => block.inFlight)) >= 0.25 * step.offered;
}

export function short(run: RunData, { onset, relevant, passing }: Claims): Check {
  const { slo } = run.profile;
  const needed = onset === null ? ROUGH_LOOK : Math.ceil(BEYOND_QUANTILE / (1 - slo.quantile));
  const claimed = onset === null ? relevant.slice(-1) : [passing.at(-1), run.steps[onset.step]].filter((step) => step !== undefined);
  const few = claimed.filter((step) => step.load.requests < needed && !(onset !== null && beyondDoubt(step, slo)));
  const fewest = leastBy(few.length > 0 ? few : claimed, (step) => step.load.requests);
  const has = fewest?.load.requests ?? 0;
  return check(
    claimed.length > 0 && few.length === 0,
    few.length > 0 || has >= needed
      ? `p${slo.quantile * 100} needs ${needed} requests, has ${has}`
      : `p${slo.quantile * 100} of ${has} requests is beyond doubt on its side of ${slo.latencyMs} ms`,
    `${needed} requests, or a side of the SLO beyond doubt`,
    has,
    needed,
    'use a longer profile, without --quick',
    few.map((step) => step.index),
  );
}

/**
 * Whether the step is on its side of the SLO whatever the sampling error: the interval of the share of requests over the
 * limit leaves out the share allowed. Errors and lost goodput show in far fewer requests than a quantile needs.
 */
function beyondDoubt(step: StepData, slo: RunData['profile']['slo']): boolean {
  const { requests, latency } = step.load;
  if (requests < LEAST_BEYOND / (1 - slo.quantile)) return false;
  const verdict = stepHolds(step, slo);
  if (!verdict.holds && verdict.reason !== 'slo-latency') return true;
  const [low, high] = wilson(Math.round(shareAbove(latency, slo.latencyMs) * latency.count), latency.count);
  return high < 1 - slo.quantile || low > 1 - slo.quantile;
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
    name === '' ? 'every kind of request as planned' : `${name} ${(worst * 100).toFixed(1)} points off its planned share`,
    '2 points',
    worst,
    LIMITS.mixPoints,
    'see which requests failed in the report',
  );
}

/** A step that held must not have been filling up all along. */
export function unsteady(run: RunData, { passing }: Claims): Check {
  const growing = passing.filter((step) => {
    // Close to a limit the queue wanders: that is how a limit begins, not unrest.
    if (nearLimit(run, step)) return false;
    const inFlight = step.load.blocks.map((block) => block.inFlight);
    const { slope, interval } = theilSen(inFlight);
    const grown = slope * inFlight.length;
    return interval[0] > 0 && grown > Math.max(LIMITS.grown, mean(inFlight));
  });
  return check(
    growing.length === 0,
    growing.length === 0
      ? 'requests in flight stayed level in steps that held'
      : `requests in flight kept growing in ${growing.length} steps that held`,
    'level',
    growing.length,
    0,
    'use longer steps, without --quick',
    growing.map((step) => step.index),
  );
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
    `arrivals in flight and rate × time differ by ${percent(worst)}`,
    percent(LIMITS.little),
    worst,
    LIMITS.little,
    'run it again; if it stays, report it',
  );
}
