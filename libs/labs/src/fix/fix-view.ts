import type { LabStep } from '../lab.ts';
import { changesIn, GOAL, type Grade, type StepProgress } from '../progress.ts';
import type { Place } from '../question.ts';
import type { RanLoad } from '../seen.ts';
import { budgetText } from './fix.ts';
import { goalText } from './judge-fix.ts';

/** What is to be reached by a change, as a page or a terminal shows it now. */
export interface FixView {
  /** Sentences: what must be reached, and what it may cost. */
  readonly goal: string;
  readonly budget: string;
  /** Whether the unchanged site must run first, to learn the goal. */
  readonly first: boolean;
  /** What was tried, the latest last; `set` is empty where the unchanged site ran. */
  readonly tried: readonly { readonly run: string; readonly set: readonly string[]; readonly text: string }[];
}

/** @param unchanged a run of the unchanged site; null when there is none */
export function fixView({ action }: LabStep, progress: StepProgress, unchanged: RanLoad | null): FixView | null {
  if (action.kind !== 'fix') return null;
  const { fix } = action;
  return { goal: goalText(fix, unchanged), budget: budgetText(fix), first: unchanged === null, tried: changesIn(progress) };
}

/** What the last change came to, with the place in its run where that can be seen. */
export function goalGraded({ graded }: StepProgress, run: string): (Grade & { key: string; because: readonly string[]; place: Place })[] {
  const grade = graded[GOAL];
  const says = '“Does it keep up?”: where the steps stop meeting the SLO';
  return grade === undefined
    ? []
    : [{ key: GOAL, ...grade, because: [], place: { kind: 'run', run, anchor: 'keeps-up', step: null, says } }];
}
