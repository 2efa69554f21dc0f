import { useCallback, useEffect, useRef, useState } from 'react';
import { addressOf, type AnswerOf, type GivenTo, type ReadName } from '@loadstair/lab-api/client';
import { read } from './client.ts';
import { copy } from './copy.ts';
import { failureOf, type Failure } from './lab-error.ts';

/** What a page knows of something it reads; what was read stays while it cannot be read again. */
export type Reading<Answer> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly answer: Answer }
  | { readonly state: 'stale'; readonly answer: Answer; readonly failure: Failure }
  | { readonly state: 'failed'; readonly failure: Failure };

/**
 * Reads when shown, when what is asked for changes, and whenever the tab comes back or `everyMs` has passed; a hidden tab reads nothing.
 * What was read before stays until the new answer is there, so that a search does not flicker.
 *
 * @param everyMs null reads once
 */
export function useReading<Name extends ReadName>(
  name: Name,
  given: GivenTo<Name>,
  everyMs: number | null = null,
): { readonly reading: Reading<AnswerOf<Name>>; readonly again: () => void } {
  const [reading, setReading] = useState<Reading<AnswerOf<Name>>>({ state: 'loading' });
  const address = addressOf(name, ...given);
  // Made anew with every drawing; the address says whether it is another.
  const asked = useRef(given);
  asked.current = given;
  // Files of a copy say the same again.
  const repeatMs = copy() === null ? everyMs : null;
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    const leaving = new AbortController();
    const once = (): void => {
      read(leaving.signal, name, ...asked.current).then(
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
    const timer = repeatMs === null ? undefined : setInterval(whenVisible, repeatMs);
    if (repeatMs !== null) document.addEventListener('visibilitychange', whenVisible);
    return () => {
      leaving.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', whenVisible);
    };
  }, [address, name, repeatMs, round]);

  return { reading, again };
}
