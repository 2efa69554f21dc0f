import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { StatusAnswer } from '@loadstair/lab-api';
import { useReading, type Reading } from '../lab/use-reading.ts';

const EVERY_MS = 5000;
const StatusContext = createContext<ReturnType<typeof useReading<'GET /api/status'>>>({ reading: { state: 'loading' }, again: () => {} });

/** One look at the lab every few seconds, for all of the page. */
export function StatusProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const status = useReading('GET /api/status', [], EVERY_MS);
  // Only what was read says something new.
  const value = useMemo(() => status, [status.reading, status.again]);
  return <StatusContext value={value}>{children}</StatusContext>;
}

export function useStatus(): Reading<StatusAnswer> {
  return useContext(StatusContext).reading;
}

/** Looks now, for one who has just changed something. */
export function useLookAgain(): () => void {
  return useContext(StatusContext).again;
}
