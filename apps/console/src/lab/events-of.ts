import { addressOf } from '@loadstair/lab-api/client';
import type { ProblemLines } from '@loadstair/kit';
import type { RunEvent } from '@loadstair/runs';
import { copy, hrefOf, notCopied, textOf } from './copy.ts';
import { LabError } from './lab-error.ts';

/** All events of a run that has ended. Throws LabError. */
export async function eventsOf(run: string, signal: AbortSignal): Promise<readonly RunEvent[]> {
  const address = addressOf('GET /api/runs/{run}/events', { path: { run }, query: {} });
  const response = await fetch(hrefOf(address), { headers: { accept: 'application/x-ndjson' }, signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new LabError({ kind: 'gone' });
  });
  if (!response.ok && copy() !== null) throw notCopied();
  if (!response.ok) throw new LabError({ kind: 'problem', status: response.status, problem: (await response.json()) as ProblemLines });
  const lines = (await textOf(response)).split('\n');
  return lines.flatMap((line) => (line === '' ? [] : [JSON.parse(line) as RunEvent]));
}
