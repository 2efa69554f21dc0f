import { withFigures, type Figures } from './figures.ts';
import type { LabStep } from './lab.ts';
import { momentOf, type StepProgress } from './progress.ts';
import type { Block } from './prose.ts';

/** What happened and why, with the figures of the learner's own runs. */
export interface WhyView {
  readonly blocks: readonly Block[];
  /** Nothing was predicted, or not right: it is read before the reflection. */
  readonly first: boolean;
}

/** Null until every check is closed, and where there is nothing to explain. */
export function whyView(step: LabStep, own: StepProgress, figures: Figures): WhyView | null {
  const moment = momentOf(step, own);
  if (moment !== 'reflect' && moment !== 'done') return null;
  const blocks = withFigures(step.why, figures);
  if (blocks.length === 0) return null;
  const grades = Object.values(own.graded);
  const isRight = step.predict.length > 0 && !grades.some(({ outcome }) => outcome === 'differs' || outcome === 'unsure');
  return { blocks, first: !isRight };
}
