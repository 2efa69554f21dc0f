import { useEffect } from 'react';

/** The page title carries its state, so that a tab tells it. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Loadstair`;
  }, [title]);
}
