import { reasonText } from '@loadstair/analysis';
import {
  dueTimes,
  isFailure,
  reasonOf,
  TIMEOUT_MS,
  traceOf,
  UNHEARD,
  type PlannedStep,
  type Reason,
  type StepRecord,
} from '@loadstair/load';
import type { LogLineFields } from '@loadstair/telemetry';

/** Where lines of the load's own clients are kept: what no server of the site heard of is logged nowhere else. */
export const CLIENTS = 'clients';

const COMPONENT = 'k6';
/** Pino's number of an error. */
const ERROR = 50;
/** More lines of one reason and step say nothing new. */
const MOST_ALIKE = 500;

/**
 * Log lines of the requests of a step that failed, one JSON object each, in the order the requests were due.
 *
 * @param seed that the step's arrivals were drawn with: the ids of their requests follow from it
 */
export function clientLines(record: StepRecord, step: PlannedStep, seed: number): string[] {
  const counts = new Map<string, number>();
  const line = (
    arrival: number,
    request: string | null,
    reason: Reason,
    fields: Pick<LogLineFields, 'time' | 'duration_ms' | 'error_code'>,
  ): { readonly atMs: number; readonly text: string }[] => {
    const key = JSON.stringify(reason);
    const seen = (counts.get(key) ?? 0) + 1;
    counts.set(key, seen);
    if (seen > MOST_ALIKE) return [];
    const said: LogLineFields = {
      level: ERROR,
      ...fields,
      host: CLIENTS,
      component: COMPONENT,
      msg: `${request ?? 'a request'} failed: ${reasonText(reason)}`,
      trace_id: traceOf(seed, step.index, arrival),
      step: step.index,
      reason: reason.kind,
      ...(request === null ? {} : { request }),
      ...(reason.status === null ? {} : { status: reason.status }),
      ...(reason.host === null ? {} : { served_by: reason.host }),
    };
    return [{ atMs: fields.time, text: JSON.stringify(said) }];
  };

  const answered = new Set(record.rows.filter((row) => row.last).map((row) => row.arrival));
  const failed = record.rows.filter(isFailure).flatMap((row) =>
    line(row.arrival, row.name, reasonOf(row), {
      time: Math.round(row.dueMs + row.latencyMs),
      duration_ms: Math.round(row.latencyMs),
      ...(row.errorCode === undefined || row.errorCode === 0 ? {} : { error_code: row.errorCode }),
    }),
  );
  const unheard = dueTimes(seed, step).flatMap((ms, arrival) => {
    const openMs = record.asOfMs - (record.beganMs + ms);
    if (!record.late.has(arrival) || answered.has(arrival) || openMs < TIMEOUT_MS) return [];
    return line(arrival, null, UNHEARD, { time: Math.round(record.asOfMs), duration_ms: Math.round(openMs) });
  });
  return [...failed, ...unheard].toSorted((a, b) => a.atMs - b.atMs).map(({ text }) => text);
}
