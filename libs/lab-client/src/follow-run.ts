import type { RunEvent } from '@loadstair/runs';
import { Problem } from '@loadstair/kit';
import type { LabdClient } from './labd-http.ts';

type Last = Extract<RunEvent, { type: 'verdict' | 'outcome' | 'failed' }>;
export type RunOutcome = Extract<RunEvent, { type: 'verdict' | 'failed' }>;

/** Starts a run or an experiment, and hands on its events until it has ended. */
export async function follow(
  client: LabdClient,
  begin: () => Promise<{ readonly run: string }>,
  onEvent: (event: RunEvent) => void,
  onStarted: (run: string) => void,
): Promise<Last> {
  const { run } = await begin();
  onStarted(run);
  let outcome: Last | null = null;
  for await (const event of client.events('GET /api/runs/{run}/events', { path: { run }, query: { owner: '1' } })) {
    onEvent(event);
    if (event.type === 'verdict' || event.type === 'outcome' || event.type === 'failed') outcome = event;
  }
  if (outcome !== null) return outcome;
  throw labdEnded(run, 'run it again; the next start cleans up');
}

/** The events of a run ended before the run did. */
export function labdEnded(run: string, advice: string): Problem {
  return new Problem({
    what: `labd ended during run ${run}.`,
    why: 'its event stream ended early',
    do: advice,
    code: 'E_LABD_GONE',
    exit: 1,
  });
}
