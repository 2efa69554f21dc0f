import { useState, type ReactNode } from 'react';
import { failureOf, type Failure } from '../lab/lab-error.ts';
import { failureLines } from './states.tsx';

/** A button that changes the lab: asks once where asked to, is busy meanwhile, and says what went wrong. */
export function ActionButton({
  children,
  onPress,
  ask = null,
  danger = false,
  primary = false,
  disabled = false,
}: {
  readonly children: ReactNode;
  readonly onPress: () => Promise<unknown>;
  readonly ask?: string | null;
  readonly danger?: boolean;
  readonly primary?: boolean;
  readonly disabled?: boolean;
}): ReactNode {
  const [state, setState] = useState<'ready' | 'asking' | 'busy'>('ready');
  const [failure, setFailure] = useState<Failure | null>(null);
  const press = (): void => {
    setState('busy');
    setFailure(null);
    onPress().then(
      () => setState('ready'),
      (error: unknown) => {
        setFailure(failureOf(error));
        setState('ready');
      },
    );
  };
  if (state === 'asking')
    return (
      <span className="action asking" role="group" aria-label={ask ?? ''}>
        <span>{ask}</span>
        <button type="button" className="danger" onClick={press} autoFocus>
          Yes
        </button>
        <button type="button" onClick={() => setState('ready')}>
          No
        </button>
      </span>
    );
  return (
    <span className="action">
      <button
        type="button"
        className={danger ? 'danger' : primary ? 'primary' : undefined}
        disabled={disabled || state === 'busy'}
        onClick={() => (ask === null ? press() : setState('asking'))}
      >
        {children}
      </button>
      {failure === null ? null : (
        <span className="failure" role="alert">
          ✕ {failureLines(failure).what} {failureLines(failure).why}
        </span>
      )}
    </span>
  );
}
