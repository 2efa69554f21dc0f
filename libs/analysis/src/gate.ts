import { findOnset, loadSteps, stepHolds, type FoundOnset } from './onset.ts';
import { useIn } from './demand.ts';
import { percent, rate } from './format.ts';
import type { Incident, RunData, StepData } from './run-data.ts';
import { nearLimit } from './suspects.ts';
import { quantile, shareAbove } from './histogram.ts';
import { mean, median, theilSen, wilson } from './statistics.ts';
import type { GateCheck, RefusalCode } from './verdict.ts';

/** Thresholds of calibration.md (Q3, Q6); methods.md §2.2 where it says nothing. */
const LIMITS = {
  idleRefuse: 0.3,
  idleWarn: 0.5,
  steal: 0.01,
  latenessWarnMs: 5,
  latenessRefuseMs: 10,
  startedShare: 0.01,
  droppedShare: 0.001,
  droppedWhenPiledUp: 0.01,
  coverage: 0.95,
  generatorIdleShare: 0.2,
  mixPoints: 0.02,
  little: 0.1,
  probeSpread: 0.15,
  grown: 4,
} as const;
/** n·(1 − q) requests that must lie beyond a quantile before it is claimed. */
const BEYOND_QUANTILE = 30;
/** With fewer it may be claimed on which side of the SLO a quantile lies, when that is beyond doubt; below this many, not even that. */
const LEAST_BEYOND = 10;
/** Below any limit, only a rough look is claimed. */
const ROUGH_LOOK = 100;

type Check = Omit<GateCheck, 'code'>;

/** Which steps the claims stand on. */
interface Claims {
  readonly onset: FoundOnset | null;
  /** Load steps up to and with the first that failed. */
  readonly relevant: readonly StepData[];
  readonly passing: readonly StepData[];
}

/** All checks, the one that explains the others first. A run with one `refuse` has no verdict. */
export function gate(run: RunData): GateCheck[] {
  const onset = findOnset(run);
  const all = loadSteps(run);
  const relevant = onset === null ? all : all.filter((step) => step.offered <= onset.firstFail);
  const passing = relevant.filter((step) => stepHolds(step, run.profile.slo).holds);
  const claims: Claims = { onset, relevant, passing };
  const checks: readonly [RefusalCode, Check][] = [
    ['INTERRUPTED', interrupted(run)],
    ['UNBUDGETED', unbudgeted(run)],
    ['GAPS', gaps(run, claims)],
    ['PHYS_CPU', physicalCpu(claims)],
    ['PHYS_STEAL', steal(claims)],
    ['GEN_CPU', generatorCpu(run, claims)],
    ['GEN_SCHED', schedule(claims)],
    ['GEN_DROP', dropped(claims)],
    ['SHORT', short(run, claims)],
    ['BLIND', blind(run, claims)],
    ['MIX', mix(claims)],
    ['UNSTEADY', unsteady(run, claims)],
    ['LITTLE', little(claims)],
    ['DRIFT', drift(claims)],
  ];
  return checks.map(([code, check]) => ({ code, ...check }));
}

function interrupted(run: RunData): Check {
  const ended = run.ended === 'finished';
  return check(ended, ended ? 'ran to its end' : 'stopped before its end', 'a whole run', null, null, 'run it again and let it finish');
}

function unbudgeted(run: RunData): Check {
  return check(
    run.budgeted,
    run.budgeted ? 'every host had its CPU budget' : 'started with --unbudgeted',
    'a CPU budget on every host',
    null,
    null,
    './lab doctor',
  );
}

const DISTURBING: readonly Incident['kind'][] = ['host-died', 'host-restarted', 'host-added', 'host-stopped', 'oom', 'lab-program-died'];

function gaps(run: RunData, { relevant }: Claims): Check {
  const disturbing = run.incidents.filter((incident) => DISTURBING.includes(incident.kind));
  const first = disturbing[0];
  if (first !== undefined) {
    return check(
      false,
      `${first.subject}: ${first.kind.replaceAll('-', ' ')} while load ran`,
      'no host or lab program comes or goes',
      disturbing.length,
      0,
      'run it again without changing hosts',
    );
  }
  const worst = leastBy(relevant, (step) => Math.min(step.coverage.prometheus, step.coverage.sampler));
  const share = worst === null ? 1 : Math.min(worst.coverage.prometheus, worst.coverage.sampler);
  return check(
    share >= LIMITS.coverage,
    `${percent(share)} of the samples there`,
    `${percent(LIMITS.coverage)}`,
    share,
    LIMITS.coverage,
    'see .lab/instances/<instance>/prometheus/prometheus.log',
    stepsOf(relevant, (step) => Math.min(step.coverage.prometheus, step.coverage.sampler) < LIMITS.coverage),
  );
}

function physicalCpu({ relevant }: Claims): Check {
  const worst = leastBy(relevant, (step) => step.machine.idle);
  const idle = worst?.machine.idle ?? 1;
  const outside = Math.max(0, ...relevant.map((step) => step.machine.outside));
  return {
    ...check(
      idle >= LIMITS.idleRefuse,
      `${percent(idle)} of the machine idle, ${percent(outside)} used outside the lab`,
      `${percent(LIMITS.idleRefuse)} idle`,
      idle,
      LIMITS.idleRefuse,
      'close other programs',
      stepsOf(relevant, (step) => step.machine.idle < LIMITS.idleRefuse),
    ),
    ...(idle >= LIMITS.idleRefuse && idle < LIMITS.idleWarn ? { outcome: 'warn' as const } : {}),
  };
}

function steal({ relevant }: Claims): Check {
  const worst = Math.max(0, ...relevant.map((step) => step.machine.steal));
  return check(
    worst <= LIMITS.steal,
    `${percent(worst)} of the CPU stolen by other guests`,
    percent(LIMITS.steal),
    worst,
    LIMITS.steal,
    'run it again when the physical machine is quiet',
    stepsOf(relevant, (step) => step.machine.steal > LIMITS.steal),
  );
}

function generatorCpu(run: RunData, { relevant }: Claims): Check {
  const room = (step: StepData): number => {
    const idle = step.machine.idle * run.machine.cores;
    return idle + step.machine.generatorCores === 0 ? 0 : idle / (idle + step.machine.generatorCores);
  };
  const worst = leastBy(relevant, room);
  const share = worst === null ? 1 : room(worst);
  return check(
    share >= LIMITS.generatorIdleShare,
    `${percent(share)} of the CPU k6 could use was left`,
    percent(LIMITS.generatorIdleShare),
    share,
    LIMITS.generatorIdleShare,
    'close other programs, or --scale 0.5',
    stepsOf(relevant, (step) => room(step) < LIMITS.generatorIdleShare),
  );
}

function schedule({ relevant, passing }: Claims): Check {
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

function dropped({ relevant, passing }: Claims): Check {
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

function short(run: RunData, { onset, relevant, passing }: Claims): Check {
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

function blind(run: RunData, { relevant }: Claims): Check {
  const hidden = run.resources.filter(
    (resource) => ['cpu', 'pool', 'slots'].includes(resource.kind) && relevant.some((step) => useIn(step, resource.id) === null),
  );
  const names = hidden.map((resource) => resource.id);
  return check(
    hidden.length === 0,
    hidden.length === 0 ? 'every resource was seen' : `not seen: ${names.slice(0, 4).join(', ')}`,
    'use of every CPU, pool and slot',
    hidden.length,
    0,
    './lab logs of that host',
  );
}

function mix({ passing }: Claims): Check {
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
function unsteady(run: RunData, { passing }: Claims): Check {
  const growing = passing.filter((step) => {
    // Close to a limit the queue wanders: that is how a limit begins, not unrest.
    if (nearLimit(run, step)) return false;
    const inFlight = step.load.blocks.map((block) => block.inFlight);
    const { slope, interval } = theilSen(inFlight);
    const grown = slope * inFlight.length;
    return interval[0] > 0 && grown > Math.max(LIMITS.grown, 1.2 * mean(inFlight));
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
function little({ passing }: Claims): Check {
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

function drift({ relevant }: Claims): Check {
  const probes = relevant.flatMap((step) => step.machine.probeMs ?? []);
  const middle = median(probes);
  const spread = middle === null || middle === 0 ? 0 : Math.max(...probes.map((probe) => Math.abs(probe / middle - 1)));
  const fine = check(
    true,
    `the machine's speed changed by ${percent(spread)}`,
    `${percent(LIMITS.probeSpread)} is noted`,
    spread,
    LIMITS.probeSpread,
    'run it again when the machine is quiet',
  );
  return spread > LIMITS.probeSpread ? { ...fine, outcome: 'warn' } : fine;
}

function check(
  fine: boolean,
  measured: string,
  allowed: string,
  value: number | null,
  limit: number | null,
  advice: string,
  steps: readonly number[] = [],
): Check {
  return { outcome: fine ? 'pass' : 'refuse', measured, allowed, value, limit, advice, steps };
}

function leastBy(steps: readonly StepData[], value: (step: StepData) => number): StepData | null {
  return steps.reduce<StepData | null>((least, step) => (least === null || value(step) < value(least) ? step : least), null);
}

function stepsOf(steps: readonly StepData[], bad: (step: StepData) => boolean): number[] {
  return steps.filter(bad).map((step) => step.index);
}
