import { declarations } from '@loadstair/components/declarations';
import { BadRun, comparisonOf, differences, groupRuns, type OpenedRun, type RunStore } from '@loadstair/runs';
import { priceBy, readPrices, stageByNumber } from '@loadstair/stages';
import { diff, diffLines, hashOf } from '@loadstair/topology';
import type { CompareAnswer } from '@loadstair/lab-api';
import { unknownAs404 } from './run-reading.ts';

export type CompareQuery = { readonly runs: readonly string[] } | { readonly stages: readonly number[]; readonly profile: string };

/** Newest runs of a stage that are taken into a comparison. */
const RUNS_A_STAGE = 6;

/** Stored runs, or the newest runs of stages, side by side. */
export function compareReading(store: RunStore, query: CompareQuery): CompareAnswer {
  if ('runs' in query) return compared(unknownAs404(() => query.runs.map((id) => store.open(id))));
  const byStage = runsOfStages(store, query);
  const missing = query.stages.filter((_, index) => byStage[index]?.length === 0);
  return missing.length > 0 ? { kind: 'missing', stages: missing, profile: query.profile } : compared(byStage.flat());
}

function compared(runs: readonly OpenedRun[]): CompareAnswer {
  const different = differences(runs);
  if (different.length > 0) return { kind: 'incomparable', differences: different };
  const groups = groupRuns(runs);
  const topologies = groups.flatMap(({ runs: [first] }) => (first === undefined ? [] : [first.manifest.topology]));
  return {
    kind: 'compared',
    record: comparisonOf(groups, { pricing: priceBy(readPrices()), revealing: (stage) => stageByNumber(stage).profile }),
    changes: topologies.flatMap((topology, index) => {
      const before = topologies[index - 1];
      return before === undefined ? [] : [diffLines(diff(before, topology, declarations))];
    }),
  };
}

/** The newest runs of each stage: searches where every stage has one, as `./lab compare` makes them, else plain runs. */
function runsOfStages(store: RunStore, query: { readonly stages: readonly number[]; readonly profile: string }): OpenedRun[][] {
  const listed = store.list();
  const all = query.stages.map((stage) => {
    const hash = hashOf(stageByNumber(stage).topology);
    return listed
      .flatMap((run) =>
        run.kind === 'run' && run.manifest.imported === undefined && run.outcome === null && run.verdict.kind !== 'refused' ? [run] : [],
      )
      .filter(({ manifest }) => manifest.topologyHash === hash && manifest.profile === query.profile && !manifest.quick)
      .slice(0, 2 * RUNS_A_STAGE)
      .flatMap(({ id }) => openIfWhole(store, id));
  });
  const searches = all.map((runs) => runs.filter((run) => run.search !== null));
  const chosen = searches.every((runs) => runs.length > 0) ? searches : all.map((runs) => runs.filter((run) => run.search === null));
  return chosen.map((runs) => runs.slice(0, RUNS_A_STAGE));
}

/** A run that shows its damage only when all of it is read hides no other. */
function openIfWhole(store: RunStore, id: string): OpenedRun[] {
  try {
    return [store.open(id)];
  } catch (error) {
    if (error instanceof BadRun) return [];
    throw error;
  }
}
