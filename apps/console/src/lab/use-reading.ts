import { useCallback, useEffect, useState } from 'react';
import { read } from './client.ts';
import { failureOf, type Failure } from './lab-error.ts';

/** What a page knows of something it reads; what was read stays while it cannot be read again. */
export type Reading<Answer> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly answer: Answer }
  | { readonly state: 'stale'; readonly answer: Answer; readonly failure: Failure }
  | { readonly state: 'failed'; readonly failure: Failure };

/**
 * Reads when shown, when the path changes, and whenever the tab comes back or `everyMs` has passed; a hidden tab reads nothing.
 * What was read of another path stays until the new answer is there, so that a search does not flicker.
 *
 * @param everyMs null reads once
 */
export function useReading<Answer>(
  path: string,
  everyMs: number | null = null,
): { readonly reading: Reading<Answer>; readonly again: () => void } {
  const [reading, setReading] = useState<Reading<Answer>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    const leaving = new AbortController();
    const once = (): void => {
      read<Answer>(path, leaving.signal).then(
        (answer) => setReading({ state: 'ready', answer }),
        (error: unknown) => {
          if (leaving.signal.aborted) return;
          const failure = failureOf(error);
          setReading((before) => ('answer' in before ? { state: 'stale', answer: before.answer, failure } : { state: 'failed', failure }));
        },
      );
    };
    const whenVisible = (): void => {
      if (!document.hidden) once();
    };
    once();
    const timer = everyMs === null ? undefined : setInterval(whenVisible, everyMs);
    if (everyMs !== null) document.addEventListener('visibilitychange', whenVisible);
    return () => {
      leaving.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', whenVisible);
    };
  }, [path, everyMs, round]);

  return { reading, again };
}
