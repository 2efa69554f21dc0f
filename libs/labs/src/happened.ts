import { goalGraded } from './fix/fix-view.ts';
import type { AskedQuestion, LabStep } from './lab.ts';
import type { Grade, StepProgress } from './progress.ts';
import type { Place } from './question.ts';
import type { Seen } from './seen.ts';

/** What became of the last attempt to run. */
export type Happened =
  | { readonly kind: 'judged'; readonly run: string; readonly graded: readonly GradedView[] }
  | { readonly kind: 'refused'; readonly run: string | null; readonly text: string }
  | { readonly kind: 'broke'; readonly text: string };

export interface GradedView extends Grade {
  readonly key: string;
  /** The longer explanation; only where the prediction differs, and each reason once. */
  readonly because: readonly string[];
  readonly place: Place | null;
}

export function happened(step: LabStep, own: StepProgress, seen: Seen | null): Happened | null {
  const last = own.attempts.at(-1);
  if (last === undefined) return null;
  switch (last.outcome.kind) {
    case 'refused':
      return { kind: 'refused', run: last.run, text: refusedText(last.outcome.codes, step) };
    case 'broke':
      return {
        kind: 'broke',
        text: `The lab broke: ${last.outcome.why}${step.action.kind === 'fix' ? '' : ' Your prediction is still open.'}`,
      };
    case 'missed':
    case 'judged':
      if (step.action.kind === 'fix') return { kind: 'judged', run: last.run ?? '', graded: goalGraded(own, last.run ?? '') };
      return { kind: 'judged', run: last.run ?? '', graded: saidOnce(step.predict.map((asked) => gradedView(asked, own, seen))) };
  }
}

/** Two answers about the same limit differ for the same reasons. */
function saidOnce(graded: readonly GradedView[]): GradedView[] {
  const told = new Set<string>();
  return graded.map((one) => {
    const because = one.because.filter((text) => !told.has(text));
    for (const text of because) told.add(text);
    return { ...one, because };
  });
}

/** A refusal judges nothing and counts as nothing. */
function refusedText(codes: readonly string[], { action }: LabStep): string {
  const open = action.kind === 'fix' ? 'it does not count as a try' : 'your prediction is still open';
  return `This run cannot be judged (${codes.join(', ')}), so ${open}.`;
}

function gradedView({ key, question }: AskedQuestion, own: StepProgress, seen: Seen | null): GradedView {
  const grade = own.graded[key] ?? { outcome: 'not-shown' as const, text: '' };
  const solution = seen === null ? null : question.solve(seen);
  if (solution?.kind !== 'shown') return { key, ...grade, because: [], place: null };
  return { key, ...grade, because: grade.outcome === 'differs' ? solution.because : [], place: solution.place };
}
