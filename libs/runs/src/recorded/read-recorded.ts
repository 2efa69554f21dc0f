import { diagnose } from '@loadstair/analysis';
import { readRun, type OpenedRun } from '../run-folder.ts';

/** A recorded run, judged again by the code of today: nothing relies on the verdict that was stored with it. Throws BadRun. */
export function readRecorded(folder: string, id: string): OpenedRun {
  const run = readRun(folder, id);
  if (run.outcome !== null) return run;
  // A search makes up for its short steps by its trials.
  return { ...run, verdict: diagnose(run.runData, run.search?.kind === 'found' ? ['SHORT', 'UNSTEADY'] : []) };
}
