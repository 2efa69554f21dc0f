import { percent, refusedText } from '@loadstair/resources';
import type { FailedRequests, StepData } from './run-data.ts';

const SHOWN = 4;
const WORDS: Readonly<Record<Exclude<FailedRequests['kind'], 'status'>, string>> = {
  'wrong-answer': 'answered wrongly',
  'no-server': 'found no server in service',
  refused: 'had the connection refused',
  cut: 'cut off from the server',
  'timed-out': 'timed out',
  'no-address': 'found no address for the name',
  'no-answer': 'without an answer',
  'out-of-time': 'without an answer in time',
};

/** `100 of 1,728 requests failed in step 4 (5.8 %): 60 with status 503, not from a site server; 40 timed out`; null where none did. */
export function failuresText({ index, load }: Pick<StepData, 'index' | 'load'>): string | null {
  const { failed, requests, failures = [] } = load;
  if (failed === 0) return null;
  const all = `${count(failed)} of ${count(requests)} requests failed in step ${index} (${percent(failed / requests)})`;
  return failures.length === 0 ? all : `${all}: ${reasonsText(failures)}`;
}

/** `60 answered 503 by lb-1; 40 timed out`: the most frequent reasons, and how many requests failed for others. */
export function reasonsText(failures: readonly FailedRequests[], shown = SHOWN): string {
  const rest = failures.slice(shown).reduce((sum, one) => sum + one.requests, 0);
  return [
    ...failures.slice(0, shown).map((one) => `${count(one.requests)} ${reasonText(one)}`),
    ...(rest > 0 ? [`${count(rest)} for other reasons`] : []),
  ].join('; ');
}

/** What databases refused to the pools in a step, whose requests failed for that; null where they refused nothing. */
export function refusedConnectionsText({ use }: Pick<StepData, 'use'>): string | null {
  const refused = use.reduce((sum, one) => sum + (one.kind === 'pool' ? (one.refused ?? 0) : 0), 0);
  return refused === 0 ? null : `${refusedText(refused)}; the pools together want more connections than it allows`;
}

/** `answered 503 by lb-1`, `timed out`: how requests failed. */
export function reasonText({ kind, status, host }: Pick<FailedRequests, 'kind' | 'status' | 'host'>): string {
  const by = host === null ? '' : kind === 'no-server' ? ` at ${host}` : ` by ${host}`;
  if (kind !== 'status') return `${WORDS[kind]}${by}`;
  return `answered ${status}${host === null ? ' without the name of a server' : by}`;
}

function count(requests: number): string {
  return requests.toLocaleString('en');
}
