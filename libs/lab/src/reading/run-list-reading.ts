import { verdictInShort } from '@loadstair/analysis';
import { outcomeSentence } from '@loadstair/experiments';
import type { ListedRunAnswer, RunListAnswer, Taken } from '@loadstair/lab-api';
import { isAskedFor } from '@loadstair/lab-api/run-filter';
import type { ListedRun, RunStore } from '@loadstair/runs';
import { knownRuns } from './known-runs.ts';

const PAGE_SIZE = 50;

export type ListQuery = Taken<'GET /api/runs'>['query'];

/** Pages of stored runs, as far as they are asked for. */
export function runListReading(store: RunStore, going: () => string | null): (query: ListQuery) => RunListAnswer {
  const runs = knownRuns(store);
  return (query) => {
    const now = going();
    const listed = runs()
      .map((run) => (run.id === now && run.kind === 'damaged' ? goingRun(store, run.id) : listedRun(run)))
      .filter((run) => isAskedFor(run, query));
    const pages = Math.max(1, Math.ceil(listed.length / PAGE_SIZE));
    const shown = Math.min(query.page, pages);
    return { runs: listed.slice((shown - 1) * PAGE_SIZE, shown * PAGE_SIZE), total: listed.length, page: shown, pages };
  };
}

function listedRun(run: ListedRun): ListedRunAnswer {
  if (run.kind === 'damaged') return { kind: 'damaged', id: run.id, reason: run.reason };
  const { manifest, verdict, outcome } = run;
  const { startedAt, stage, slug, set, profile, experiment, quick } = manifest;
  return {
    kind: 'run',
    id: run.id,
    startedAt,
    stage,
    slug,
    set,
    profile,
    experiment: experiment ?? null,
    quick,
    imported: manifest.imported !== undefined,
    searched: run.searched,
    label: run.label,
    result: outcome?.kind ?? verdict.kind,
    words: outcome === null ? verdictInShort(verdict) : outcomeSentence(outcome),
  };
}

function goingRun(store: RunStore, id: string): ListedRunAnswer {
  const { stage, slug, profile } = store.manifest(id);
  return { kind: 'going', id, stage, slug, profile };
}
