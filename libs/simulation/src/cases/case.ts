import type { RefusalCode } from '@loadstair/analysis';
import { declarations } from '@loadstair/components/declarations';
import type { PlannedStep } from '@loadstair/load';
import { drawn, type CaseSite, type Cause, type Rounds, type SimulatedStage } from '@loadstair/stages/simulated';
import type { Chance } from '@loadstair/simulation-engine';
import { applySettings } from '@loadstair/topology';
import type { SimulatedRun } from '../run/simulate.ts';

/** What is true of a case, known because it was put there. */
export type Truth =
  | { readonly kind: 'limits'; readonly causes: readonly Cause[]; readonly load: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly codes: readonly RefusalCode[] };

/** Groups of the score sheet. `valid` are the mild forms of what makes runs invalid: they must not be refused. */
export type CaseGroup = 'single' | 'two' | 'none' | 'invalid' | 'valid';

export interface SimulatedCase {
  readonly id: string;
  readonly group: CaseGroup;
  readonly stage: number;
  /** Resource kind of a single cause; what was done, otherwise. */
  readonly kind: string;
  readonly truth: Truth;
  readonly run: SimulatedRun;
  /** The same site with causes taken away: whether it must hold the load at which the case fails, with 15 % more. */
  readonly controls: readonly { readonly run: Omit<SimulatedRun, 'loads'>; readonly holds: boolean }[];
}

/** A cause counts only if taking it away moves the onset by this much. */
export const MOVED = 1.15;

/** Two steps of one load. */
export function probeSteps(rate: number): PlannedStep[] {
  const tenth = Math.max(0.1, Math.round(rate * 10) / 10);
  return [1, 2].map((index) => ({ index, kind: 'load', rate: tenth, holdS: 12, settleS: 3 }));
}

/** A climb with these loads, arrivals/s, over after two that fail. */
export function stepsAt(loads: readonly number[]): SimulatedRun['loads'] {
  const steps = loads.map((load, index) => ({ ...(probeSteps(load)[0] as PlannedStep), index: index + 1, holdS: 15 }));
  return { steps, endsAfter: 'two-failures' };
}

/** Lines of the score sheet with the stages they are of, in the order in which cases are made of them: round by round. */
export function inRounds<Line>(
  stages: readonly SimulatedStage[],
  roundsOf: (stage: SimulatedStage) => Rounds<Line>,
): readonly { readonly stage: SimulatedStage; readonly line: Line }[] {
  const most = Math.max(0, ...stages.map((stage) => roundsOf(stage).length));
  return Array.from({ length: most }, (_, round) =>
    stages.flatMap((stage) => (roundsOf(stage)[round] ?? []).map((line) => ({ stage, line }))),
  ).flat();
}

/**
 * Which of two lists the n-th try is of, and its number there: a round of the first, then a round of what came later. So a seed keeps its
 * cases of the first list whatever comes to the second.
 */
export function turnOf(n: number, first: number, later: number): { readonly later: boolean; readonly n: number } {
  const round = Math.floor(n / (first + later));
  const at = n % (first + later);
  return at < first ? { later: false, n: round * first + at } : { later: true, n: round * later + at - first };
}

export function loadFor(chance: Chance, stage: SimulatedStage, profile: string): number {
  return chance.between(...stage.loads(profile));
}

export function profileFor(chance: Chance, stage: SimulatedStage, profiles = stage.profiles): string {
  return drawn(chance, profiles);
}

/** @param predicted load the warm-up would predict, arrivals/s */
export function runOf(stage: SimulatedStage, site: CaseSite, name: string, seed: number, predicted: number): SimulatedRun {
  return {
    name,
    topology: applySettings(stage.topology, stage.settings(site), declarations),
    profile: site.profile,
    model: site.model,
    disturbance: {},
    seed,
    quick: false,
    loads: { predicted },
  };
}
