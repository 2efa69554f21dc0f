import { askedBy, NotRecorded, type RecordedRuns } from '@loadstair/recorded';
import type { Runnable } from '@loadstair/labs';
import type { OpenedRun } from '@loadstair/runs';
import type { Context } from '../commands/context.ts';
import type { LabRunner } from '../workshop/runner.ts';
import { playRecorded } from './play-recorded.ts';

/** Plays the recorded run of whatever a step runs. */
export function recordedRunner(recorded: RecordedRuns, { speed }: { readonly speed: number }, { io }: Context): LabRunner {
  return {
    cannot(action, quick) {
      const found = find(recorded, action, quick);
      return found instanceof NotRecorded ? found : null;
    },
    says: () => 'Playing the recorded run …',
    async run(action, quick) {
      const found = find(recorded, action, quick);
      if (found instanceof NotRecorded) throw found;
      const played = await playRecorded(found, recorded, { speed }, io);
      return played.kind === 'interrupted' ? played : { kind: 'ended', run: found.id };
    },
  };
}

/** A run that nobody recorded is an answer, too. */
function find(recorded: RecordedRuns, action: Runnable, quick: boolean): OpenedRun | NotRecorded {
  try {
    return recorded.find(askedBy(action, quick));
  } catch (error) {
    if (error instanceof NotRecorded) return error;
    throw error;
  }
}
