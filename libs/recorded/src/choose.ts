import { OverBudget, withinBudget, type Fix, type Lab } from '@loadstair/labs';
import type { ListedRun } from '@loadstair/runs';
import { stages, type Stage } from '@loadstair/stages';
import { findAsked, hashIfSettable } from './asked.ts';
import { wantedFor, type Wanted } from './wanted.ts';

type EndedRun = Extract<ListedRun, { kind: 'run' }>;

/** Stored runs that become the set of a stage, and what nobody has run yet. */
export interface Chosen {
  readonly runs: readonly EndedRun[];
  readonly missing: readonly Wanted[];
}

/** Changes of a site to be mended that are kept; each says what one more change comes to. */
const MOST_CHANGES = 3;

/**
 * The newest fit run of everything a set should hold, with the newest search of the capacity and the changes that a lab’s budget allows.
 *
 * @param listed newest first
 */
export function chooseRuns(listed: readonly ListedRun[], stage: Stage, lab: Lab | null): Chosen {
  const fit = listed.filter(isFit);
  const found = wantedFor(stage, lab).map((wanted) => ({ wanted, run: findAsked(fit, wanted.asked) }));
  const runs = found.flatMap(({ run }) => run ?? []);
  const search = fit.find(({ manifest, searched }) => searched && manifest.stage === stage.topology.stage && manifest.set.length === 0);
  const all = [...runs, ...(search === undefined ? [] : [search]), ...changesIn(fit, runs, lab)];
  return {
    runs: [...new Map(all.map((run) => [run.id, run])).values()],
    missing: found.flatMap(({ wanted, run }) => (run === null ? [wanted] : [])),
  };
}

/** Measured here, accepted, as expected where something was expected, and of a stage as it is now. */
function isFit(run: ListedRun): run is EndedRun {
  if (run.kind !== 'run' || run.manifest.imported !== undefined) return false;
  if (run.outcome !== null) return run.outcome.kind === 'held';
  const { stage: number, set, topologyHash } = run.manifest;
  const stage = stages.find(({ topology }) => topology.stage === number);
  return run.verdict.kind !== 'refused' && stage !== undefined && hashIfSettable(stage.topology, set) === topologyHash;
}

function changesIn(fit: readonly EndedRun[], chosen: readonly EndedRun[], lab: Lab | null): EndedRun[] {
  const ids = new Set(chosen.map(({ id }) => id));
  return (lab?.steps ?? []).flatMap(({ action }) => {
    if (action.kind !== 'fix') return [];
    const { stage, fix } = action;
    return fit
      .filter(({ id, manifest, searched, outcome }) => !ids.has(id) && manifest.stage === stage && !searched && outcome === null)
      .filter(({ manifest }) => manifest.set.length > 0 && isAllowed(fix, manifest.set))
      .slice(0, MOST_CHANGES);
  });
}

function isAllowed(fix: Fix, set: readonly string[]): boolean {
  try {
    withinBudget(fix, set);
    return true;
  } catch (error) {
    if (error instanceof OverBudget) return false;
    throw error;
  }
}
