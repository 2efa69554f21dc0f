import { useEffect, useState, useSyncExternalStore } from 'react';
import { followRun, type FollowedRun, type LiveView } from './live-store.ts';

/** Follows a run as long as the page is there. */
export function useLive(run: string): { readonly store: FollowedRun; readonly view: LiveView } {
  const [store] = useState(() => followRun(run));
  useEffect(() => () => store.stop(), [store]);
  const view = useSyncExternalStore(store.subscribe, store.get);
  return { store, view };
}
