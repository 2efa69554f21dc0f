import { useState, type ReactNode } from 'react';
import type { RunLabel } from '@loadstair/runs';
import { useChange } from '../lab/change.tsx';
import { failureOf, type Failure } from '../lab/lab-error.ts';
import { failureLines } from '../shell/states.tsx';

/** Stars a run, or takes its star away. Starred runs are easy to find again, and `./lab prune` keeps them. */
export function StarButton({
  run,
  label,
  onChanged,
}: {
  readonly run: string;
  readonly label: RunLabel;
  readonly onChanged: () => void;
}): ReactNode {
  const change = useChange();
  const [failure, setFailure] = useState<Failure | null>(null);
  const press = (): void => {
    change('POST /api/runs/{run}/label', { path: { run }, body: { ...label, starred: !label.starred } }).then(
      () => {
        setFailure(null);
        onChanged();
      },
      (error: unknown) => setFailure(failureOf(error)),
    );
  };
  return (
    <>
      <button type="button" className="sign star" aria-pressed={label.starred} aria-label={`Star run ${run}`} onClick={press}>
        <span aria-hidden="true">{label.starred ? '★' : '☆'}</span>
      </button>
      {failure === null ? null : (
        <span className="failure" role="alert">
          ✕ {failureLines(failure).what}
        </span>
      )}
    </>
  );
}
