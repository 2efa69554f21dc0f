import { BadRun, baselineHolds, baselineStore, createStore, differences, type RunLabel } from '@loadstair/runs';
import { LabProblem } from './problem.ts';
import { unknownAs404 } from './reading/run-reading.ts';

/** What a person does to runs that are stored: nothing that was measured changes. */
export interface StoredRuns {
  /** Puts a label in the place of the one a run has. Throws LabProblem (404). */
  label(run: string, label: RunLabel): RunLabel;
  /** Runs that later ones are held against; none where no baseline was set. */
  baseline(): readonly string[];
  /** Makes runs the baseline. Throws LabProblem: 404, or 409 where they cannot be compared with each other. */
  setBaseline(runs: readonly string[]): readonly string[];
  /** Deletes a run. Throws LabProblem: 404, or 409 where something needs the run. */
  remove(run: string): void;
}

/** @param inUse why a run cannot be deleted now; null where nothing uses it */
export function createStoredRuns(labFolder: string, inUse: (run: string) => string | null): StoredRuns {
  const store = createStore(labFolder);
  const baselines = baselineStore(labFolder);
  return {
    label: (run, label) => unknownAs404(() => store.label(run, label)),
    baseline() {
      try {
        return baselines.read();
      } catch (error) {
        if (error instanceof BadRun && error.code === 'E_NO_BASELINE') return [];
        throw error;
      }
    },
    setBaseline(ids) {
      const found = differences(unknownAs404(() => ids.map((id) => store.open(id))));
      if (found.length > 0)
        throw new LabProblem(409, {
          what: 'These runs cannot be one baseline.',
          why: `they differ in ${found.join('; ')}`,
          do: 'take runs of one profile, SLO and machine',
          code: 'E_NOT_COMPARABLE',
          exit: 2,
        });
      baselines.write(ids);
      return ids;
    },
    remove(run) {
      const uses = inUse(run);
      if (uses !== null) throw stays(run, uses, 'wait until that has ended');
      const holds = baselineHolds(baselines, run);
      if (holds !== null) throw stays(run, holds, './lab baseline set RUN, with other runs');
      unknownAs404(() => store.remove(run));
    },
  };
}

function stays(run: string, why: string, remedy: string): LabProblem {
  return new LabProblem(409, { what: `Run ${run} cannot be deleted.`, why, do: remedy, code: 'E_RUN_IN_USE', exit: 2 });
}
