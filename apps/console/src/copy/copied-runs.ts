import type { RunAnswer } from '@loadstair/lab-api';
import { addressOf } from '@loadstair/lab-api/client';
import type { OpenedRun } from '@loadstair/runs';
import { BadRun } from '@loadstair/runs/errors';
import { answerAt } from '../lab/read-copy.ts';

/** Runs of a copy, for judging: those that were read before can be opened at once. */
export interface CopiedRuns {
  /** Reads runs that were not read yet; one that the copy does not have is left out. */
  need(ids: Iterable<string>): Promise<void>;
  /** Throws BadRun on one that was not read. */
  open(id: string): OpenedRun;
}

export function copiedRuns(): CopiedRuns {
  const read = new Map<string, OpenedRun>();
  return {
    async need(ids) {
      const missing = [...new Set(ids)].filter((id) => !read.has(id));
      await Promise.all(
        missing.map(async (id) => {
          const answer = await answerOf(id);
          if (answer?.state === 'ended') read.set(id, { id, folder: '', ...answer });
        }),
      );
    },
    open(id) {
      const run = read.get(id);
      if (run !== undefined) return run;
      throw new BadRun(`This copy does not have run ${id}.`, 'the run was not recorded', 'take the step again', 'E_NOT_COPIED');
    },
  };
}

/** A copy that was written anew may lack a run that a learner has used. */
async function answerOf(id: string): Promise<RunAnswer | null> {
  try {
    return (await answerAt(addressOf('GET /api/runs/{run}', { path: { run: id } }))) as RunAnswer;
  } catch {
    return null;
  }
}
