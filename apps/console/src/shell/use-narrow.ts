import { useMemo, useSyncExternalStore } from 'react';

/** Width of a phone, in the size of text: with text so large that a screen has no more room than one, it is one. */
const PHONE_EM = 40;

/**
 * Whether there is no more room than on a phone: one column, and the table in place of the picture.
 *
 * @param mostEm what else counts as too narrow, em
 */
export function useNarrow(mostEm: number = PHONE_EM): boolean {
  // Of the same identity while the width is: a live page renders every second.
  const { subscribe, matches } = useMemo(() => {
    const asked = matchMedia(`(max-width: ${Math.max(PHONE_EM, mostEm)}em)`);
    return {
      subscribe: (changed: () => void) => {
        asked.addEventListener('change', changed);
        return () => asked.removeEventListener('change', changed);
      },
      matches: () => asked.matches,
    };
  }, [mostEm]);
  return useSyncExternalStore(subscribe, matches);
}
