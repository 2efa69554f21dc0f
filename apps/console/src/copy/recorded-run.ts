import type { ListedRunAnswer, StageAnswer } from '@loadstair/lab-api';
import type { Runnable } from '@loadstair/labs';

/**
 * The newest recorded run of what a step of a lab runs: in the form that is asked for, else in the other one.
 *
 * @param runs newest first
 * @param stages whose own profile a lab's runs have
 * @returns its id; null where nobody recorded it
 */
export function recordedRun(
  runs: readonly ListedRunAnswer[],
  stages: readonly Pick<StageAnswer, 'topology' | 'profile'>[],
  action: Runnable,
  quick: boolean,
): string | null {
  const found = runs.filter((run) => {
    if (run.kind !== 'run') return false;
    if (action.kind === 'experiment') return run.experiment === action.experiment.name;
    const profile = stages.find(({ topology }) => topology.stage === action.stage)?.profile;
    return (
      run.experiment === null &&
      !run.searched &&
      run.stage === action.stage &&
      run.profile === profile &&
      settingsOf(run.set) === settingsOf(action.set)
    );
  });
  const asked = found.find((run) => run.kind === 'run' && run.quick === quick) ?? found[0];
  return asked?.id ?? null;
}

/** The same for every order. */
function settingsOf(set: readonly string[]): string {
  return set.toSorted().join(' ');
}
