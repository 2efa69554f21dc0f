import type { ReactNode } from 'react';
import type { StepView } from '@loadstair/labs';
import type { Failure } from '../lab/lab-error.ts';
import { minutes } from '../live/live-words.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { failureLines } from '../shell/states.tsx';

/** Runs what was locked: for one who comes back, after a run that was refused, or when the first could not begin. */
export function RunAgain({
  takesS,
  command,
  going,
  notBegun,
  onRun,
}: {
  readonly takesS: StepView['takesS'];
  readonly command: string | null;
  /** Something runs already. */
  readonly going: boolean;
  readonly notBegun: Failure | null;
  readonly onRun: (quick: boolean) => Promise<void>;
}): ReactNode {
  return (
    <>
      {notBegun === null ? null : (
        <p className="failure" role="alert">
          ✕ {failureLines(notBegun).what} {failureLines(notBegun).why}
        </p>
      )}
      <p>
        <ActionButton primary disabled={going} onPress={() => onRun(false)}>
          Run, {minutes(takesS.full)}
        </ActionButton>{' '}
        <ActionButton disabled={going} onPress={() => onRun(true)}>
          Quick, {minutes(takesS.quick)}
        </ActionButton>{' '}
        {command === null ? null : <code>{command}</code>}
      </p>
    </>
  );
}
