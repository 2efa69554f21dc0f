import { declarations } from '@loadstair/components/declarations';
import { comparisonOf, differences, groupRuns, labelOf, type OpenedRun, type RunGroup, type RunStore } from '@loadstair/runs';
import { priceBy, readPrices, stageByNumber } from '@loadstair/stages';
import { diff, diffLines } from '@loadstair/topology';
import type { CompareAnswer, Taken } from '@loadstair/lab-api';
import { unknownAs404 } from './run-reading.ts';
import { openNewest, runsOfStage } from './stage-runs.ts';

export type CompareQuery = Taken<'GET /api/compare'>['query'];

/**
 * Stored runs, or the newest runs of stages, side by side; after the baseline where that is asked for.
 *
 * @param baseline runs that later ones are held against; throws where there is none
 */
export function compareReading(store: RunStore, query: CompareQuery, baseline: () => readonly string[]): CompareAnswer {
  const open = (ids: readonly string[]): OpenedRun[] => unknownAs404(() => ids.map((id) => store.open(id)));
  const held = query.baseline === '' ? [] : [{ label: 'baseline', runs: open(baseline()) }];
  if ('runs' in query) return compared([...held, ...groupRuns(open(query.runs))]);
  const byStage = runsOfStages(store, query);
  const missing = query.stages.filter((_, index) => byStage[index]?.length === 0);
  if (missing.length > 0) return { kind: 'missing', stages: missing, profile: query.profile };
  const runs = byStage.flat();
  // One stage alone: its runs side by side, or all of them beside the baseline.
  const [stage] = query.stages;
  const alone = held.length > 0 && stage !== undefined && query.stages.length === 1;
  return compared([...held, ...(alone ? [{ label: labelOf(stageByNumber(stage).topology, []), runs }] : groupRuns(runs))]);
}

function compared(groups: readonly RunGroup[]): CompareAnswer {
  const different = differences(groups.flatMap(({ runs }) => runs));
  if (different.length > 0) return { kind: 'incomparable', differences: different };
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
  const all = query.stages.map((stage) => runsOfStage(listed, stage, query.profile));
  const searches = all.map((runs) =>
    openNewest(
      store,
      runs.filter(({ searched }) => searched),
    ),
  );
  if (searches.every((runs) => runs.length > 0)) return searches;
  return all.map((runs) =>
    openNewest(
      store,
      runs.filter(({ searched }) => !searched),
    ),
  );
}
