import type { RunEvent } from '@loadstair/runs';
import type { LabdClient } from './labd-client.ts';
import { CliProblem } from './problem.ts';

type Last = Extract<RunEvent, { type: 'verdict' | 'outcome' | 'failed' }>;
export type RunOutcome = Extract<RunEvent, { type: 'verdict' | 'failed' }>;

/** Starts a run and hands on its events until it has ended. */
export async function followRun(
  client: LabdClient,
  request: unknown,
  onEvent: (event: RunEvent) => void,
  onStarted: (run: string) => void,
): Promise<RunOutcome> {
  const last = await follow(client, '/api/runs', request, onEvent, onStarted);
  if (last.type === 'outcome') throw new Error('A run ended like an experiment.');
  return last;
}

/** Starts what `path` starts, and hands on its events until it has ended. */
export async function follow(
  client: LabdClient,
  path: string,
  request: unknown,
  onEvent: (event: RunEvent) => void,
  onStarted: (run: string) => void,
): Promise<Last> {
  const { run } = await client.post<{ run: string }>(path, request);
  onStarted(run);
  let outcome: Last | null = null;
  for await (const line of client.lines(`/api/runs/${run}/events?owner=1`, new AbortController().signal)) {
    if (line === '') continue;
    const event = JSON.parse(line) as RunEvent;
    onEvent(event);
    if (event.type === 'verdict' || event.type === 'outcome' || event.type === 'failed') outcome = event;
  }
  if (outcome !== null) return outcome;
  throw new CliProblem({
    what: `labd ended in the middle of run ${run}.`,
    why: 'its event stream broke off',
    do: 'run it again: the next start cleans up what is left',
    code: 'E_LABD_GONE',
    exit: 1,
  });
}
