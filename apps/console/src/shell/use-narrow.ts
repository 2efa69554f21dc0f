import { useEffect, useState } from 'react';

/** A phone: one column, and the table in place of the picture. */
export function useNarrow(): boolean {
  const [query] = useState(() => matchMedia('(max-width: 640px)'));
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const changed = (): void => setNarrow(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [query]);
  return narrow;
}
