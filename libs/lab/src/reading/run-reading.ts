import { BadRun, type RunStore } from '@loadstair/runs';
import type { RunAnswer } from '@loadstair/lab-api';
import { LabProblem } from '../problem.ts';

/** A run whose cause is not named yet, while it goes on and after: what it is, and nothing that was concluded. Throws LabProblem (404). */
export function sealedReading(store: RunStore, id: string): RunAnswer {
  return { state: 'sealed', manifest: unknownAs404(() => store.manifest(id)) };
}

/** A run that goes on, has ended, or was broken off. Throws LabProblem (404) when there is no such run. */
export function runReading(store: RunStore, id: string, going: string | null): RunAnswer {
  const manifest = unknownAs404(() => store.manifest(id));
  try {
    const { runData, verdict, search, confirmation, outcome } = store.open(id);
    const notes = store.events(id).filter((event) => event.type === 'host');
    const label = store.labelOf(id);
    return { state: 'ended', manifest, runData, verdict, search, confirmation, outcome, notes, label };
  } catch (error) {
    if (!(error instanceof BadRun)) throw error;
    return id === going ? { state: 'going', manifest } : { state: 'broken', manifest, reason: error.why };
  }
}

const NOT_THERE: readonly string[] = ['E_UNKNOWN_RUN', 'E_NO_REPORT'];

/** A run that does not exist is 404, whatever was asked of it; so is what it has not. */
export function unknownAs404<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadRun && NOT_THERE.includes(error.code)) {
      const { what, why, code, exit } = error;
      throw new LabProblem(404, { what, why, do: error.do, code, exit });
    }
    throw error;
  }
}
