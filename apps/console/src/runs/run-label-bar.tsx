import { useState, type FormEvent, type ReactNode } from 'react';
import type { RunLabel } from '@loadstair/runs';
import { MOST_NAME, MOST_NOTE } from '@loadstair/runs/label-limits';
import { useLocation } from 'wouter';
import { useChange } from '../lab/change.tsx';
import { failureOf, type Failure } from '../lab/lab-error.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { failureLines } from '../shell/states.tsx';
import { StarButton } from './star-button.tsx';

/** What a person wrote beside a run: its name, note and star, and the way to change them or to delete the run. */
export function RunLabelBar({
  run,
  label,
  onChanged,
}: {
  readonly run: string;
  readonly label: RunLabel;
  readonly onChanged: () => void;
}): ReactNode {
  const [editing, setEditing] = useState(false);
  const change = useChange();
  const [, go] = useLocation();
  if (editing)
    return (
      <LabelForm
        run={run}
        label={label}
        onDone={(changed) => {
          setEditing(false);
          if (changed) onChanged();
        }}
      />
    );
  return (
    <section className="label-bar" aria-label="Name and note">
      <p>
        <StarButton run={run} label={label} onChanged={onChanged} /> {label.name === '' ? null : <strong>{label.name}</strong>}
        <button type="button" className="quiet" onClick={() => setEditing(true)}>
          {label.name === '' && label.note === '' ? 'Name it, add a note' : 'Edit'}
        </button>
        <ActionButton
          ask={`Delete run ${run}? This cannot be undone.`}
          onPress={async () => {
            await change('DELETE /api/runs/{run}', { path: { run } });
            go('/runs');
          }}
        >
          Delete…
        </ActionButton>
      </p>
      {label.note === '' ? null : <p className="note">{label.note}</p>}
    </section>
  );
}

function LabelForm({
  run,
  label,
  onDone,
}: {
  readonly run: string;
  readonly label: RunLabel;
  readonly onDone: (changed: boolean) => void;
}): ReactNode {
  const change = useChange();
  const [name, setName] = useState(label.name);
  const [note, setNote] = useState(label.note);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    change('POST /api/runs/{run}/label', { path: { run }, body: { ...label, name, note } }).then(
      () => onDone(true),
      (error: unknown) => setFailure(failureOf(error)),
    );
  };
  return (
    <form className="label-bar" onSubmit={save} aria-label="Name and note">
      <label>
        Name{' '}
        <input
          type="text"
          className="line"
          value={name}
          maxLength={MOST_NAME}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label>
        Note <textarea rows={3} value={note} maxLength={MOST_NOTE} onChange={(event) => setNote(event.target.value)} />
      </label>
      <p>
        <button type="submit" className="primary">
          Save
        </button>{' '}
        <button type="button" onClick={() => onDone(false)}>
          Cancel
        </button>
        {failure === null ? null : (
          <span className="failure" role="alert">
            ✕ {failureLines(failure).what} {failureLines(failure).why}
          </span>
        )}
      </p>
    </form>
  );
}
