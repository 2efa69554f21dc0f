import { useEffect, useState, type ReactNode } from 'react';
import { useKey } from '../shell/keys.ts';
import { minutes } from './live-words.ts';

const AGE_EVERY_MS = 5000;

/** Stops what is shown from changing, and lets it go on; the key p does the same. */
export function PauseButton({
  paused,
  onPause,
  onGoOn,
}: {
  readonly paused: boolean;
  readonly onPause: () => void;
  readonly onGoOn: () => void;
}): ReactNode {
  const press = paused ? onGoOn : onPause;
  useKey('p', press);
  return (
    <button type="button" onClick={press}>
      {paused ? 'Resume' : 'Pause'}
    </button>
  );
}

/** Says that what is shown stands still, since when, and whether the run has ended meanwhile. */
export function PausedNote({ sinceMs, ended }: { readonly sinceMs: number | null; readonly ended: string | null }): ReactNode {
  return (
    <p className="paused">
      <strong role="status">{sinceMs === null ? '' : 'Paused'}</strong>
      {sinceMs === null ? null : (
        <>
          {' '}
          for <Age sinceMs={sinceMs} />. {ended === null ? 'The run continues, and nothing is lost.' : `The run has ended: ${ended}`}
        </>
      )}
    </p>
  );
}

/** Not spoken: it would be again and again. */
function Age({ sinceMs }: { readonly sinceMs: number }): ReactNode {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), AGE_EVERY_MS);
    return () => clearInterval(timer);
  }, [sinceMs]);
  return minutes((nowMs - sinceMs) / 1000);
}
