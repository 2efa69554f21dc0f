import type { RunBody } from '@loadstair/runs/run-request';
import { useLocation } from 'wouter';
import { useChange } from './change.tsx';

export interface Start {
  run(body: RunBody): Promise<void>;
  experiment(name: string, quick: boolean): Promise<void>;
}

/** Begins a run or an experiment and goes to its page. */
export function useStart(): Start {
  const change = useChange();
  const [, go] = useLocation();
  const show = ({ run }: { readonly run: string }): void => go(`/runs/${run}`);
  return {
    run: async (body) => show(await change('POST /api/runs', { body })),
    experiment: async (name, quick) => show(await change('POST /api/experiments', { body: { name, quick } })),
  };
}
