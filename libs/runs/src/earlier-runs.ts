import type { RunData } from '@loadstair/analysis';
import { profileIdentity, type Manifest } from './manifest.ts';
import { createStore, type ListedRun, type RunStore } from './store.ts';

/** The newest tell what is usual now; more would only be read. */
const AT_MOST = 12;

/** Runs before this one with the same load on the same machine, newest first; imported and damaged ones and those under way are left out. */
export function earlierRuns(labFolder: string, than: Manifest): RunData[] {
  const store = createStore(labFolder);
  return listed(store)
    .flatMap((run) => (run.kind === 'run' && run.verdict !== null && isLike(run.manifest, than) ? [run.id] : []))
    .slice(0, AT_MOST)
    .flatMap((id) => {
      try {
        return [store.open(id).runData];
      } catch {
        // Imported halfway, or deleted meanwhile: the others tell.
        return [];
      }
    });
}

/** Without the runs there were, a measurement is still one. */
function listed(store: RunStore): readonly ListedRun[] {
  try {
    return store.list();
  } catch {
    return [];
  }
}

function isLike(run: Manifest, than: Manifest): boolean {
  return (
    run.run !== than.run &&
    run.imported === undefined &&
    profileIdentity(run) === profileIdentity(than) &&
    run.experiment === undefined &&
    run.burners === than.burners &&
    run.coresPerLabCpu === than.coresPerLabCpu &&
    run.machine.model === than.machine.model &&
    run.machine.cores === than.machine.cores
  );
}
