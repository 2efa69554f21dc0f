import type { FailedRequests } from '@loadstair/analysis';
import type { RequestRow } from '@loadstair/loadprofiles';
import { isFailure } from './is-failure.ts';

/** k6's error codes (its documentation, "error codes"): dialling timed out, was refused; a connection was cut. */
const DIAL_TIMED_OUT = 1211;
const DIAL_REFUSED = 1212;
const CUT: readonly number[] = [1201, 1220];
/** A name that has no address, or that nobody resolved. */
const IS_NAME = (code: number): boolean => code >= 1100 && code < 1200;

/**
 * Failed requests by kind, status and host that answered, the most frequent first.
 *
 * @param outOfTime requests that were never heard of again within the generator's timeout
 */
export function failuresOf(rows: readonly RequestRow[], outOfTime: number): FailedRequests[] {
  const found = new Map<string, FailedRequests>();
  const count = (about: Omit<FailedRequests, 'requests'>, requests: number): void => {
    if (requests === 0) return;
    const key = JSON.stringify(about);
    found.set(key, { ...about, requests: requests + (found.get(key)?.requests ?? 0) });
  };
  for (const row of rows) {
    if (!isFailure(row)) continue;
    const kind = kindOf(row);
    count({ kind, status: kind === 'status' ? row.status : null, host: row.servedBy ?? null }, 1);
  }
  count({ kind: 'out-of-time', status: null, host: null }, outOfTime);
  return [...found.values()].toSorted((a, b) => b.requests - a.requests);
}

function kindOf({ outcome, errorCode = 0 }: RequestRow): FailedRequests['kind'] {
  if (outcome === 'status' || outcome === 'no-server') return outcome;
  if (outcome === 'wrong-body') return 'wrong-answer';
  if (outcome === 'timeout' || errorCode === DIAL_TIMED_OUT) return 'timed-out';
  if (errorCode === DIAL_REFUSED) return 'refused';
  if (CUT.includes(errorCode)) return 'cut';
  return IS_NAME(errorCode) ? 'no-address' : 'no-answer';
}
