import { percent, refusedText } from '@loadstair/resources';
import type { FailedRequests, StepData } from './run-data.ts';

const SHOWN = 4;
const WORDS: Readonly<Record<Exclude<FailedRequests['kind'], 'status'>, string>> = {
  'wrong-answer': 'answered wrongly',
  'no-server': 'found no server in service',
  refused: 'refused a connection',
  cut: 'cut while they were answered',
  'timed-out': 'timed out',
  'no-address': 'without an address for the name',
  'no-answer': 'not answered',
  'out-of-time': 'never heard of again',
};

/** `100 of 1,728 requests failed in step 4 (5.8 %): 60 with status 503, not from a site server; 40 timed out`; null where none did. */
export function failuresText({ index, load }: Pick<StepData, 'index' | 'load'>): string | null {
  const { failed, requests, failures = [] } = load;
  if (failed === 0) return null;
  const count = (number: number): string => number.toLocaleString('en');
  const all = `${count(failed)} of ${count(requests)} requests failed in step ${index} (${percent(failed / requests)})`;
  const shown = failures.slice(0, SHOWN).map((one) => `${count(one.requests)} ${reasonText(one)}`);
  const left = failures.slice(SHOWN).reduce((sum, one) => sum + one.requests, 0);
  return shown.length === 0 ? all : `${all}: ${[...shown, ...(left > 0 ? [`${count(left)} for other reasons`] : [])].join('; ')}`;
}

/** What databases refused to the pools in a step, whose requests failed for that; null where they refused nothing. */
export function refusedConnectionsText({ use }: Pick<StepData, 'use'>): string | null {
  const refused = use.reduce((sum, one) => sum + (one.kind === 'pool' ? (one.refused ?? 0) : 0), 0);
  return refused === 0 ? null : `${refusedText(refused)}: all pools together ask for more`;
}

function reasonText({ kind, status, host }: FailedRequests): string {
  const by = host === null ? '' : kind === 'no-server' ? ` at ${host}` : ` by ${host}`;
  if (kind !== 'status') return `${WORDS[kind]}${by}`;
  return `answered ${status}${host === null ? ' without a site server’s name' : by}`;
}
