import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { createClock, type Clock } from './clock.ts';

/** A clock that begins at the second of the address (`t`), and the way to write there where it stands. */
export function useClock(lastS: number): { readonly clock: Clock; readonly keep: (second: number) => void } {
  const [query, setQuery] = useSearchParams();
  // The address says where it begins; afterwards it follows.
  const clock = useMemo(
    () => createClock(lastS, Number(query.get('t')) || 0, matchMedia('(prefers-reduced-motion: reduce)').matches),
    [lastS],
  );
  const keep = useCallback(
    (second: number) =>
      setQuery(
        (before) => {
          const next = new URLSearchParams(before);
          next.set('t', String(second));
          return next;
        },
        { replace: true },
      ),
    [setQuery],
  );
  return { clock, keep };
}
