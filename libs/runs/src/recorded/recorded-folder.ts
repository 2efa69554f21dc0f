import { join } from 'node:path';
import { BadRun } from '../errors.ts';

/** Where recorded runs stand once they are unpacked: one folder each, as those of the lab itself. */
export function recordedFolder(labFolder: string): string {
  return join(labFolder, 'recorded', 'runs');
}

/** A recorded run stays as it was recorded. */
export function keptAsRecorded(id: string): BadRun {
  return new BadRun(
    `Run ${id} was recorded elsewhere.`,
    'recorded runs are never changed',
    './lab runs   lists your own',
    'E_RECORDED_RUN',
  );
}
