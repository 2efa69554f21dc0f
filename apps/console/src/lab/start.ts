import { useLocation } from 'wouter';
import { useChange } from './change.tsx';

/** Begins a run or an experiment and goes to its page. */
export function useStart(): (path: '/api/runs' | '/api/experiments', body: unknown) => Promise<void> {
  const change = useChange();
  const [, go] = useLocation();
  return async (path, body) => {
    const { run } = await change<{ run: string }>('POST', path, body);
    go(`/runs/${run}`);
  };
}
