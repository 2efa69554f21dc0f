import { verdictInShort } from '@loadstair/analysis';
import { outcomeSentence } from '@loadstair/experiments';
import type { ListedRunAnswer, RunListAnswer } from '@loadstair/lab-api';
import type { ListedRun, RunStore } from '@loadstair/runs';

const PAGE_SIZE = 50;

/** Lists stored runs; what has ended is read once. */
export function runListReading(
  store: RunStore,
  going: () => string | null,
): (query: { readonly search: string; readonly page: number }) => RunListAnswer {
  let known: ReadonlyMap<string, ListedRun> = new Map();
  return ({ search, page }) => {
    const runs = store.list(known);
    known = new Map(runs.map((run) => [run.id, run]));
    const now = going();
    const listed = runs
      .map((run) => (run.id === now && run.kind === 'damaged' ? goingRun(store, run.id) : listedRun(run)))
      .filter((run) => matches(run, search));
    const pages = Math.max(1, Math.ceil(listed.length / PAGE_SIZE));
    const shown = Math.min(page, pages);
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
    result: outcome?.kind ?? verdict.kind,
    words: outcome === null ? verdictInShort(verdict) : outcomeSentence(outcome),
  };
}

function goingRun(store: RunStore, id: string): ListedRunAnswer {
  const { stage, slug, profile } = store.manifest(id);
  return { kind: 'going', id, stage, slug, profile };
}

/** Every word of the search occurs somewhere in what the row shows. */
function matches(run: ListedRunAnswer, search: string): boolean {
  const text = JSON.stringify(Object.values(run)).toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
