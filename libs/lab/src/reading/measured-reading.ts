import { comparisonOf, differences, type ListedRun, type OpenedRun, type RunStore } from '@loadstair/runs';
import { priceBy, readPrices, plannedStages, stageByNumber, stages } from '@loadstair/stages';
import type { MeasuredAnswer, MeasuredCell, StepAnswer } from '@loadstair/lab-api';
import { thisMachine } from '../machine.ts';
import { knownRuns } from './known-runs.ts';
import { isUsable, openNewest, runsOfStage, type EndedRun } from './stage-runs.ts';

/** The profile that is the same for all stages. */
export const COMMON_PROFILE = 'mixed';

/**
 * The steps, and what stored runs say of each. What a set of runs said is computed once.
 *
 * @param machine the one that runs must have been measured on
 */
export function measuredReading(
  store: RunStore,
  machine: { readonly cores: number; readonly model: string } = thisMachine(),
): () => MeasuredAnswer {
  const runs = knownRuns(store);
  let known: ReadonlyMap<string, readonly MeasuredCell[]> = new Map();
  return () => {
    const listed = runs().filter((run) => run.kind === 'run' && isOf(run, machine));
    const names = new Set(listed.filter(isUsable).map(({ manifest }) => manifest.profile));
    const ordered = [...names].toSorted((a, b) => Number(b === COMMON_PROFILE) - Number(a === COMMON_PROFILE) || a.localeCompare(b));
    const now = new Map<string, readonly MeasuredCell[]>();
    const profiles = ordered.flatMap((profile) => {
      const byStage = stages.map(({ topology }) => chosenRuns(listed, topology.stage, profile));
      const key = byStage.map((own) => own.map(({ id }) => id).join()).join('|');
      const cells = known.get(key) ?? cellsOf(store, byStage);
      now.set(key, cells);
      return cells.length === 0 ? [] : [{ profile, cells }];
    });
    known = now;
    return { steps: steps(), common: COMMON_PROFILE, profiles };
  };
}

function isOf({ manifest }: EndedRun, { cores, model }: { readonly cores: number; readonly model: string }): boolean {
  return manifest.machine.cores === cores && manifest.machine.model === model;
}

/** Searches, where there is one: they say it better than runs that climb once. */
function chosenRuns(listed: readonly ListedRun[], stage: number, profile: string): readonly EndedRun[] {
  const runs = runsOfStage(listed, stage, profile);
  const searches = runs.filter(({ searched }) => searched);
  return searches.length > 0 ? searches : runs;
}

/** Cells of stages that were measured; all that were measured in one way are read at one speed of the machine, as a comparison does. */
function cellsOf(store: RunStore, byStage: readonly (readonly EndedRun[])[]): MeasuredCell[] {
  const opened = byStage.map((runs) => openNewest(store, runs));
  return [true, false]
    .flatMap((searched) => cellsOfWay(opened.filter(([first]) => first !== undefined && (first.search !== null) === searched)))
    .toSorted((a, b) => a.stage - b.stage);
}

function cellsOfWay(groups: readonly (readonly OpenedRun[])[]): MeasuredCell[] {
  const newest = groups.flat().toSorted((a, b) => Date.parse(b.manifest.startedAt) - Date.parse(a.manifest.startedAt))[0];
  if (newest === undefined) return [];
  // Another SLO or other burners: a number of its own, and no cell of the same row.
  const alike = groups.map((runs) => runs.filter((run) => differences([newest, run]).length === 0)).filter((runs) => runs.length > 0);
  const { arms } = comparisonOf(
    alike.map((runs) => ({ label: '', runs })),
    { pricing: priceBy(readPrices()), revealing: (stage) => stageByNumber(stage).profile },
  );
  return arms.map(({ stage, estimate, limitedBy }, index) => {
    const runs = alike[index] ?? [];
    return {
      stage,
      capacity: estimate === null ? null : { load: estimate.load, interval: estimate.interval },
      limitedBy,
      runs: runs.map(({ id }) => id),
      searched: newest.search !== null,
      at: runs[0]?.manifest.startedAt ?? newest.manifest.startedAt,
    };
  });
}

function steps(): StepAnswer[] {
  return [
    ...stages.map(({ topology, story, profile }): StepAnswer => {
      const { stage, slug, title } = topology;
      return { kind: 'built', stage, slug, title, changed: story.changed, topology, profile };
    }),
    ...plannedStages().map((planned): StepAnswer => ({ kind: 'planned', ...planned })),
  ];
}
