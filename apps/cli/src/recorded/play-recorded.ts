import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import { eventsOf, openRecorded, play, type RecordedRuns } from '@loadstair/recorded';
import type { OpenedRun, RunEvent } from '@loadstair/runs';
import type { Io } from '@loadstair/terminal-view/io';
import { wrap } from '@loadstair/terminal-view/wrap';
import { runView } from '../followed-run.ts';
import { onInterrupt } from '../interruption.ts';

type Last = Extract<RunEvent, { type: 'verdict' | 'outcome' }>;

/** A recorded run that was played to its end, or the exit status of whoever interrupted it. */
export type Played = { readonly kind: 'ended'; readonly last: Last } | { readonly kind: 'interrupted'; readonly status: number };

/** The recorded runs of this checkout. Throws NoRecordedRuns. */
export function recordedHere(stage: number | null = null): Promise<RecordedRuns> {
  return openRecorded({ repoFolder: REPO_FOLDER, labFolder: LAB_FOLDER }, stage);
}

/** Plays a run in the terminal, as it would be followed while it was measured. */
export async function playRecorded(
  run: OpenedRun,
  recorded: RecordedRuns,
  { speed, onEvent }: { readonly speed: number; readonly onEvent?: (event: RunEvent) => void },
  io: Io,
): Promise<Played> {
  const interruption = onInterrupt(io, 'Stopping.');
  const stopping = new AbortController();
  interruption.stopWith(async () => stopping.abort());
  io.err.write(`${wrap(`${recorded.says} Played ${speed} times as fast.`, Math.min(80, io.err.columns), 0).join('\n')}\n`);
  const view = runView(io);
  let last: Last | null = null;
  try {
    for await (const event of play(eventsOf(run, recorded.store), speed, stopping.signal)) {
      view.event(event);
      onEvent?.(event);
      if (event.type === 'verdict' || event.type === 'outcome') last = event;
    }
  } finally {
    view.end();
    interruption.end();
  }
  const status = interruption.status();
  if (status !== null) return { kind: 'interrupted', status };
  if (last === null) throw new Error(`Recorded run ${run.id} has no end.`);
  return { kind: 'ended', last };
}
