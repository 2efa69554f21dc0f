import { BadRun, requestsOf, slowShare, traitsOf, type LoadSpan, type RunStore } from '@loadstair/runs';
import type { LogsAnswer, TraceAnswer, TracesAnswer } from '@loadstair/lab-api';
import { LabProblem } from '../problem.ts';
import { unknownAs404 } from './run-reading.ts';

export interface TracesQuery {
  readonly route: string;
  readonly host: string;
  /** First digit of the status, for example 5; empty is any. */
  readonly status: string;
  readonly minMs: number;
}

export interface LogsQuery {
  readonly q: string;
  readonly host: string;
  readonly trace: string;
}

/** More would not be read. */
const MOST = 200;

/** Traced requests of a run, the slowest first. */
export function tracesReading(store: RunStore, id: string, { route, host, status, minMs }: TracesQuery): TracesAnswer {
  const { sloMs, steps } = loadOf(store, id);
  const all = traitsOf(
    unknownAs404(() => store.spans(id)),
    steps,
  );
  const alike = all.filter(
    ({ request: one }) =>
      (route === '' || one.route === route) &&
      (host === '' || one.host === host) &&
      (status === '' || String(one.status ?? '').startsWith(status)),
  );
  const found = alike.flatMap(({ request }) => (request.durationMs >= minMs ? [request] : []));
  return {
    requests: found.slice(0, MOST),
    total: found.length,
    slow: slowShare(alike, sloMs),
    routes: [...new Set(all.map(({ request }) => request.route))].sort(),
    hosts: [...new Set(all.map(({ request }) => request.host))].sort(),
  };
}

/** What was offered when, and what latency was allowed; of a run that has not ended only the latter is known. Throws LabProblem (404). */
function loadOf(store: RunStore, id: string): { readonly sloMs: number; readonly steps: readonly LoadSpan[] } {
  const started = unknownAs404(() => store.events(id)).find((event) => event.type === 'run-started');
  try {
    const { runData } = store.open(id);
    return {
      sloMs: runData.profile.slo.latencyMs,
      steps: runData.steps.map(({ index, offered, startMs, endMs }) => ({ step: index, offered, startMs, endMs })),
    };
  } catch (error) {
    if (!(error instanceof BadRun)) throw error;
    return { sloMs: started?.slo.latencyMs ?? Infinity, steps: [] };
  }
}

/** One trace with the log lines that were written in it. Throws LabProblem (404). */
export function traceReading(store: RunStore, id: string, trace: string): TraceAnswer {
  const all = unknownAs404(() => store.spans(id));
  const spans = all.filter((span) => span.trace === trace);
  if (spans.length > 0) {
    const requests = requestsOf(all);
    const { steps } = loadOf(store, id);
    return {
      spans,
      logs: store.logLines(id).filter((line) => line.trace === trace),
      requests: requests
        .filter((request) => request.trace === trace)
        .map(({ span, route, startMs }) => ({
          span,
          route,
          step: steps.find((step) => startMs >= step.startMs && startMs < step.endMs)?.step ?? null,
          alike: requests.filter((request) => request.route === route).length,
        })),
    };
  }
  throw new LabProblem(404, {
    what: `Unknown trace ${trace}.`,
    why: `run ${id} has no span of that trace`,
    do: `see /runs/${id}/traces`,
    code: 'E_UNKNOWN_TRACE',
    exit: 2,
  });
}

/** Lines in which all words occur, in order; the first digits of a trace id are enough. */
export function logsReading(store: RunStore, id: string, { q, host, trace }: LogsQuery): LogsAnswer {
  const all = unknownAs404(() => store.logLines(id));
  const words = q.toLowerCase().split(/\s+/);
  const found = all.filter(
    (line) =>
      (host === '' || line.host === host) &&
      (trace === '' || line.trace?.startsWith(trace) === true) &&
      words.every((word) => line.whole.toLowerCase().includes(word)),
  );
  return { lines: found.slice(0, MOST), total: found.length, hosts: [...new Set(all.map((line) => line.host))].sort() };
}
