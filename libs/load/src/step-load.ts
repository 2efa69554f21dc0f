import { histogramOf, type StepLoad } from '@loadstair/analysis';
import { dueTimes, journeysOf, traceOf, type PlannedStep, type Profile, type RequestRow } from '@loadstair/loadprofiles';
import { failuresOf, type Unheard } from './failures.ts';
import { isFailure, wasSent } from './is-failure.ts';
import { regions } from './regions.ts';

export interface StepWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** Everything the generator said of one step so far. */
export interface StepRecord {
  readonly rows: readonly RequestRow[];
  /** How late each arrival began, ms, by its number; those not in it did not begin. */
  readonly late: ReadonlyMap<number, number>;
  /** When due time 0 of the step was, epoch ms. */
  readonly beganMs: number;
  /** Until when the generator was heard: what is open then is known to be at least that slow. */
  readonly asOfMs: number;
}

const BLOCK_S = 1;
/** A request that never came back counts as this slow: the generator's own timeout. */
export const TIMEOUT_MS = 6_000;

interface Arrival extends Unheard {
  readonly journey: string;
  /** When its last request ended; null while it is open. */
  readonly endMs: number | null;
  /** It ended early, because the generator could not send a request of it. */
  readonly unsent: boolean;
  readonly lateMs: number | null;
}

/** What arrivals are drawn from. */
export interface Draw {
  readonly seed: number;
  readonly journeys: Profile['journeys'];
  /** Whether there are logs in which a failed request can be looked up by its id. */
  readonly logged?: boolean;
}

/** What the generator did in the measured part of a step: counts and latencies. */
export function stepLoad(record: StepRecord, plan: Draw, step: PlannedStep, window: StepWindow): StepLoad {
  const { rows, beganMs } = record;
  const due = dueTimes(plan.seed, step).map((ms) => beganMs + ms);
  const journeys = journeysOf(plan.seed, step, step.journeys ?? plan.journeys);
  const byArrival = new Map<number, RequestRow[]>();
  for (const row of rows) {
    const list = byArrival.get(row.arrival);
    if (list === undefined) byArrival.set(row.arrival, [row]);
    else list.push(row);
  }
  const arrivals: Arrival[] = due.map((dueMs, index) => {
    const own = byArrival.get(index) ?? [];
    const last = own.find((row) => row.last);
    return {
      arrival: index,
      dueMs,
      journey: journeys[index] ?? 'browse',
      endMs: last === undefined ? null : last.dueMs + last.latencyMs,
      unsent: last !== undefined && !wasSent(last),
      lateMs: record.late.get(index) ?? null,
    };
  });

  const inWindow = (ms: number): boolean => ms >= window.startMs && ms < window.endMs;
  const planned = arrivals.filter((arrival) => inWindow(arrival.dueMs));
  const started = planned.filter((arrival) => arrival.lateMs !== null).length;
  // Requests belong to the window their arrival was due in, finished or not: slow ones must not fall out of it.
  const ofWindow = rows.filter((row) => inWindow(due[row.arrival] ?? 0));
  const counted = ofWindow.filter(wasSent);
  const notSent = ofWindow.length - counted.length;
  const open = planned.filter((arrival) => arrival.lateMs !== null && arrival.endMs === null);
  const openMs = open.map(({ dueMs }) => Math.min(TIMEOUT_MS, record.asOfMs - dueMs));
  const latencies = [...counted.map((row) => row.latencyMs), ...openMs];
  const unheard = open.filter((_, index) => (openMs[index] ?? 0) >= TIMEOUT_MS);
  const failures = failuresOf(counted, unheard, plan.logged === true ? (arrival) => traceOf(plan.seed, step.index, arrival) : null);
  const completed = arrivals.filter((arrival) => arrival.endMs !== null && !arrival.unsent && inWindow(arrival.endMs)).length;
  const late = planned.flatMap((arrival) => arrival.lateMs ?? []).sort((a, b) => a - b);
  const inFlightAt = (ms: number): number =>
    count(arrivals, (arrival) => arrival.dueMs <= ms && arrival.lateMs !== null && (arrival.endMs ?? Infinity) > ms);
  const seconds = (window.endMs - window.startMs) / 1000;
  const blockCount = Math.max(1, Math.round(seconds / BLOCK_S));
  const blockMs = (window.endMs - window.startMs) / blockCount;
  const finished = planned.filter((arrival) => arrival.endMs !== null && !arrival.unsent);

  return {
    planned: planned.length,
    started,
    dropped: planned.length - started,
    completed,
    requests: latencies.length,
    failed: failures.reduce((sum, { requests }) => sum + requests, 0),
    ...(failures.length === 0 ? {} : { failures }),
    sent: sentIn(rows, arrivals, window),
    ...(notSent === 0 ? {} : { notSent }),
    stale: counted.filter((row) => row.outcome === 'stale').length,
    latency: histogramOf(latencies),
    byClass: classes(counted, planned, arrivals, byArrival),
    ...regions(counted),
    lateness: { p50Ms: at(late, 0.5), p99Ms: at(late, 0.99), p99AtLeastMs: atLeast(late, 0.99) },
    inFlight: {
      start: inFlightAt(window.startMs),
      end: inFlightAt(window.endMs),
      mean: overlapMs(arrivals, window) / (window.endMs - window.startMs),
    },
    blockS: blockMs / 1000,
    blocks: Array.from({ length: blockCount }, (_, index) => {
      const startMs = window.startMs + index * blockMs;
      const endMs = startMs + blockMs;
      const within = counted
        .filter((row) => row.dueMs >= startMs && row.dueMs < endMs)
        .map((row) => row.latencyMs)
        .sort((a, b) => a - b);
      return {
        completed: count(arrivals, (arrival) => arrival.endMs !== null && arrival.endMs >= startMs && arrival.endMs < endMs),
        inFlight: inFlightAt(endMs),
        p50Ms: within.length === 0 ? null : at(within, 0.5),
      };
    }),
    meanArrivalMs:
      finished.length === 0 ? 0 : finished.reduce((sum, arrival) => sum + ((arrival.endMs as number) - arrival.dueMs), 0) / finished.length,
  };
}

/**
 * Requests that servers may have counted in a window. Of an arrival that is still open the last one has no row yet; a file that came from
 * the site because no edge sent it in time was asked for twice.
 */
function sentIn(rows: readonly RequestRow[], arrivals: readonly Arrival[], { startMs, endMs }: StepWindow): number {
  const begun = (ms: number): boolean => ms >= startMs && ms < endMs;
  const told = rows.reduce((sum, row) => (wasSent(row) && begun(row.dueMs) ? sum + (row.via === 'fallback' ? 2 : 1) : sum), 0);
  return told + count(arrivals, ({ dueMs, endMs: ended, lateMs }) => ended === null && lateMs !== null && dueMs < endMs);
}

/** Requests by name. The planned share of a name is what the journeys of the plan would send if every one ran to its end. */
function classes(
  counted: readonly RequestRow[],
  planned: readonly Arrival[],
  arrivals: readonly Arrival[],
  byArrival: ReadonlyMap<number, readonly RequestRow[]>,
): StepLoad['byClass'] {
  const perJourney = new Map<string, { arrivals: number; names: Map<string, number> }>();
  for (const [index, rows] of byArrival) {
    const arrival = arrivals[index];
    if (arrival === undefined || arrival.endMs === null || arrival.unsent || rows.some(isFailure)) continue;
    const seen = perJourney.get(arrival.journey) ?? { arrivals: 0, names: new Map<string, number>() };
    perJourney.set(arrival.journey, seen);
    seen.arrivals += 1;
    for (const row of rows) seen.names.set(row.name, (seen.names.get(row.name) ?? 0) + 1);
  }
  const expected = new Map<string, number>();
  for (const arrival of planned) {
    const seen = perJourney.get(arrival.journey);
    if (seen === undefined) continue;
    for (const [name, count] of seen.names) expected.set(name, (expected.get(name) ?? 0) + count / seen.arrivals);
  }
  const total = [...expected.values()].reduce((sum, one) => sum + one, 0);
  const names = [...new Set([...expected.keys(), ...counted.map((row) => row.name)])].sort();
  return names.map((name) => {
    const own = counted.filter((row) => row.name === name);
    return {
      name,
      requests: own.length,
      failed: own.filter(isFailure).length,
      plannedShare: total === 0 ? 0 : (expected.get(name) ?? 0) / total,
      latency: histogramOf(own.map((row) => row.latencyMs)),
    };
  });
}

/** Time all arrivals together spent in the system inside the window, ms: the area under the number in flight. */
function overlapMs(arrivals: readonly Arrival[], window: StepWindow): number {
  let sum = 0;
  for (const arrival of arrivals) {
    if (arrival.lateMs === null) continue;
    const from = Math.max(window.startMs, arrival.dueMs);
    const to = Math.min(window.endMs, arrival.endMs ?? window.endMs);
    if (to > from) sum += to - from;
  }
  return sum;
}

function count<One>(list: readonly One[], is: (one: One) => boolean): number {
  let found = 0;
  for (const one of list) if (is(one)) found += 1;
  return found;
}

/** Quantile of sorted values by the nearest rank; 0 when there are none. */
function at(sorted: readonly number[], quantile: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(quantile * sorted.length) - 1)] ?? 0;
}

/** A bound that holds in 95 of 100 samples. */
const BEYOND_DOUBT = 0.95;

/**
 * Lower end of the one-sided 95 % confidence interval of a quantile, from sorted values; 0 when there are none. Free of
 * distribution: the value with `above` values over it is at most the quantile when at most so many of them lie over the
 * quantile, a binomial count (David and Nagaraja, Order Statistics, §7.1).
 */
function atLeast(sorted: readonly number[], quantile: number): number {
  const n = sorted.length;
  // A logarithm, because the chance that none of 75,000 values lies over it is less than a number can hold.
  let log = n * Math.log(quantile);
  let sum = Math.exp(log);
  let above = 0;
  while (sum < BEYOND_DOUBT && above < n - 1) {
    above += 1;
    log += Math.log(((n - above + 1) / above) * ((1 - quantile) / quantile));
    sum += Math.exp(log);
  }
  return sorted[n - 1 - above] ?? 0;
}
