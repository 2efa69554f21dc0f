import type { ListedRun, RunStore } from '@loadstair/runs';

/** Lists stored runs; what has ended is read once. */
export function knownRuns(store: RunStore): () => readonly ListedRun[] {
  let known: ReadonlyMap<string, ListedRun> = new Map();
  return () => {
    const runs = store.list(known);
    known = new Map(runs.map((run) => [run.id, run]));
    return runs;
  };
}
