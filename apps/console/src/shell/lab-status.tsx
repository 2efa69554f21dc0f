import { createContext, useContext, type ReactNode } from 'react';
import type { StatusAnswer } from '@loadstair/lab-api';
import { useReading, type Reading } from '../lab/use-reading.ts';

const EVERY_MS = 5000;
const StatusContext = createContext<Reading<StatusAnswer>>({ state: 'loading' });

/** One look at the lab every few seconds, for all of the page. */
export function StatusProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { reading } = useReading<StatusAnswer>('/api/status', EVERY_MS);
  return <StatusContext value={reading}>{children}</StatusContext>;
}

export function useStatus(): Reading<StatusAnswer> {
  return useContext(StatusContext);
}
