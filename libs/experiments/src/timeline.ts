import type { Observed, ObservedAction, ObservedRequest } from './observed.ts';
import type { OutcomeTimeline } from './outcome.ts';
import { words } from './reading.ts';

/** Lengths a slice may have, s: the first with which a timeline is short enough to be kept and drawn. */
const LENGTHS_S = [1, 2, 5, 10, 30] as const;
const LONGEST_S = 60;
const MOST_SLICES = 600;
/** Slices before and after one whose requests count for its latency: at 1 s that is the same 3 s as on the live page. */
const NEIGHBOURS = 1;
/** Fewer requests have no median worth drawing. */
const LEAST_FOR_MEDIAN = 5;

/** What users felt over the time of load; null where there was none. */
export function timelineOf({ phases, requests, actions, slo }: Observed): OutcomeTimeline | null {
  const [first, last] = [phases[0], phases.at(-1)];
  if (first === undefined || last === undefined || requests.length === 0) return null;
  const { startMs } = first;
  const seconds = (last.endMs - startMs) / 1000;
  const sliceS = LENGTHS_S.find((length) => seconds / length <= MOST_SLICES) ?? LONGEST_S;
  const count = Math.min(MOST_SLICES, Math.max(1, Math.round(seconds / sliceS)));
  /** Of the slice a moment lies in; what comes after the last whole slice belongs to it. Null outside the time of load. */
  const sliceAt = (ms: number): number | null =>
    ms < startMs || ms >= last.endMs ? null : Math.min(count - 1, Math.floor((ms - startMs) / 1000 / sliceS));
  const due = grouped(requests, count, ({ dueMs }) => sliceAt(dueMs));
  const ended = grouped(
    requests.filter((request) => request.last === true),
    count,
    ({ endMs }) => sliceAt(endMs),
  );
  const latencies = due.map((_, index) =>
    due
      .slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1)
      .flat()
      .map(({ dueMs, endMs }) => endMs - dueMs)
      .sort((a, b) => a - b),
  );
  return {
    startMs,
    sliceS,
    requests: due.map((slice) => slice.length),
    failed: due.map((slice) => slice.filter(({ failed }) => failed).length),
    completed: ended.map((slice) => slice.length),
    medianMs: latencies.map((sorted) => quantileOf(sorted, 0.5, LEAST_FOR_MEDIAN)),
    // With fewer requests the quantile would be the slowest one.
    quantileMs: latencies.map((sorted) => quantileOf(sorted, slo.quantile, Math.round(1 / (1 - slo.quantile)))),
    phases: phases.map(({ name, startMs: beganMs, endMs, offered, steady }) => ({
      name,
      startMs: beganMs,
      endMs,
      offered: offered ?? steady?.offered ?? null,
    })),
    // What was done before there was load changed nothing that is drawn; the actions of the first phase may begin a moment before it.
    marks: actions
      .filter(({ phase, endedMs }) => endedMs >= startMs || phases.some(({ name }) => name === phase))
      .map((action) => markOf(action, startMs)),
  };
}

function grouped(
  requests: readonly ObservedRequest[],
  count: number,
  sliceOf: (one: ObservedRequest) => number | null,
): ObservedRequest[][] {
  const slices = Array.from({ length: count }, (): ObservedRequest[] => []);
  for (const request of requests) {
    const slice = sliceOf(request);
    if (slice !== null) slices[slice]?.push(request);
  }
  return slices;
}

/** By the nearest rank, to a tenth of a millisecond. */
function quantileOf(sorted: readonly number[], quantile: number, least: number): number | null {
  const value = sorted[Math.ceil(quantile * sorted.length) - 1];
  return value === undefined || sorted.length < least ? null : Math.round(10 * value) / 10;
}

function markOf({ action, text, beganMs, endedMs }: ObservedAction, startMs: number): OutcomeTimeline['marks'][number] {
  return { action: action.do, text: text ?? words(action.do), beganMs: Math.max(startMs, beganMs), endedMs: Math.max(startMs, endedMs) };
}
