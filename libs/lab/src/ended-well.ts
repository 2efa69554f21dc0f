import type { StartedRun } from './lab.ts';
import { LabProblem } from './problem.ts';

/**
 * Waits for the end of a run.
 *
 * @returns whether it came to a verdict; a run that somebody stopped is refused as INTERRUPTED, or nothing is left of it
 * @throws LabProblem when the run failed
 */
export async function endedWell({ events }: Pick<StartedRun, 'events'>): Promise<boolean> {
  let well = false;
  for await (const event of events.read(0, new AbortController().signal)) {
    if (event.type === 'verdict') well = event.verdict.kind !== 'refused' || !event.verdict.codes.includes('INTERRUPTED');
    if (event.type === 'failed' && event.problem.code !== 'INTERRUPTED') throw new LabProblem(500, event.problem);
  }
  return well;
}
