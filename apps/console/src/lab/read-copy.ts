import type { RunListAnswer } from '@loadstair/lab-api';
import { addressOf } from '@loadstair/lab-api/client';
import { isAskedFor } from '@loadstair/lab-api/run-filter';
import { filtersIn } from '../runs/filters.ts';
import { hrefOf, notCopied, textOf } from './copy.ts';
import { LabError } from './lab-error.ts';

const RUNS = '/api/runs';

/**
 * The answer of a copy to an address. A copy holds the whole list of runs: its filters work on the page.
 *
 * @throws LabError where the copy has no answer
 */
export async function readCopy(address: string, signal?: AbortSignal): Promise<unknown> {
  const { pathname, searchParams } = new URL(address, 'http://labd');
  const page = searchParams.get('page') ?? '1';
  if (pathname !== RUNS) return answerAt(address, signal);
  const filters = filtersIn(namedAsOnPages(searchParams));
  if (Object.values(filters).every((one) => one === '')) return answerAt(`${RUNS}?page=${page}`, signal);
  const all = await allRuns(signal);
  const runs = all.filter((run) => isAskedFor(run, filters));
  return { runs, total: runs.length, page: 1, pages: 1 } satisfies RunListAnswer;
}

/** The address of a page calls the words that are searched for `q`. */
function namedAsOnPages(asked: URLSearchParams): URLSearchParams {
  const named = new URLSearchParams(asked);
  named.set('q', asked.get('search') ?? '');
  return named;
}

/** All runs of the copy, newest first. */
export async function allRuns(signal?: AbortSignal): Promise<RunListAnswer['runs']> {
  const pageAt = async (page: number): Promise<RunListAnswer> =>
    (await answerAt(addressOf('GET /api/runs', { query: { page } }), signal)) as RunListAnswer;
  const first = await pageAt(1);
  const rest = await Promise.all(Array.from({ length: first.pages - 1 }, (_, index) => pageAt(index + 2)));
  return [first, ...rest].flatMap(({ runs }) => runs);
}

/** What the copy has at an address. Throws LabError. */
export async function answerAt(address: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(hrefOf(address), signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new LabError({ kind: 'gone' });
  });
  if (!response.ok) throw notCopied();
  return JSON.parse(await textOf(response)) as unknown;
}
