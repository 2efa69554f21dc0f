import type { FailedExample, FailedRequests } from '@loadstair/analysis';
import type { RequestRow } from '@loadstair/loadprofiles';
import { isFailure } from './is-failure.ts';

/** k6's error codes (its documentation, "error codes"): dialling timed out, was refused; a connection was cut. */
const DIAL_TIMED_OUT = 1211;
const DIAL_REFUSED = 1212;
const CUT: readonly number[] = [1201, 1220];
/** A name that has no address, or that nobody resolved. */
const IS_NAME = (code: number): boolean => code >= 1100 && code < 1200;
/** Of each kind, so many are kept to be looked up. */
const MOST_EXAMPLES = 3;

/** An arrival whose request was never heard of again within the generator's timeout. */
export interface Unheard {
  readonly arrival: number;
  /** Epoch ms. */
  readonly dueMs: number;
}

/** How a request failed, without how often. */
export type Reason = Pick<FailedRequests, 'kind' | 'status' | 'host'>;

export const UNHEARD: Reason = { kind: 'out-of-time', status: null, host: null };

/**
 * Failed requests by kind, status and host that answered, the most frequent first.
 *
 * @param traceOf id that log lines of an arrival carry; null where there are no logs
 */
export function failuresOf(
  rows: readonly RequestRow[],
  unheard: readonly Unheard[],
  traceOf: ((arrival: number) => string) | null,
): FailedRequests[] {
  const found = new Map<string, FailedRequests>();
  const count = (
    reason: Reason,
    { arrival, name, dueMs }: Pick<RequestRow, 'arrival' | 'dueMs'> & { readonly name: string | null },
  ): void => {
    const key = JSON.stringify(reason);
    const { requests, examples = [] } = found.get(key) ?? { requests: 0 };
    const more: readonly FailedExample[] =
      traceOf === null || examples.length === MOST_EXAMPLES ? [] : [{ trace: traceOf(arrival), request: name, atMs: dueMs }];
    found.set(key, { ...reason, requests: requests + 1, ...(traceOf === null ? {} : { examples: [...examples, ...more] }) });
  };
  for (const row of rows) if (isFailure(row)) count(reasonOf(row), row);
  for (const one of unheard) count(UNHEARD, { ...one, name: null });
  return [...found.values()].toSorted((a, b) => b.requests - a.requests);
}

/** How a request failed. */
export function reasonOf(row: RequestRow): Reason {
  const kind = kindOf(row);
  return { kind, status: kind === 'status' ? row.status : null, host: row.servedBy ?? null };
}

function kindOf({ outcome, errorCode = 0 }: RequestRow): FailedRequests['kind'] {
  if (outcome === 'status' || outcome === 'no-server') return outcome;
  if (outcome === 'wrong-body') return 'wrong-answer';
  if (outcome === 'timeout' || errorCode === DIAL_TIMED_OUT) return 'timed-out';
  if (errorCode === DIAL_REFUSED) return 'refused';
  if (CUT.includes(errorCode)) return 'cut';
  return IS_NAME(errorCode) ? 'no-address' : 'no-answer';
}
