import { z } from 'zod';
import { ANSWER } from './answer.ts';
import type { Lab, LabStep } from './lab.ts';

const OUTCOME = z.enum(['right', 'differs', 'unsure', 'not-shown']);

/** Locked before load starts, and never changed after: `hash` covers all of it. */
export const PREDICTION = z.strictObject({
  answers: z.record(z.string(), ANSWER),
  why: z.string().max(500),
  sure: z.enum(['guess', 'fairly', 'very']).nullable(),
  lockedAt: z.string(),
  hash: z.string(),
});

const ATTEMPT = z.strictObject({
  /** Null when the lab broke before there was a run. */
  run: z.string().nullable(),
  at: z.string(),
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('judged') }),
    z.strictObject({ kind: z.literal('refused'), codes: z.array(z.string()) }),
    z.strictObject({ kind: z.literal('broke'), why: z.string() }),
    /** A change whose run did not reach the goal, or that only showed what the unchanged site carries. */
    z.strictObject({ kind: z.literal('missed') }),
  ]),
  /** What the learner changed, and what came of it; only in a step that is about mending a site. */
  change: z.strictObject({ set: z.array(z.string()), text: z.string() }).optional(),
});

export const GRADE = z.strictObject({ outcome: OUTCOME, text: z.string() });

const CHECK = z.strictObject({
  tries: z.array(z.strictObject({ answer: ANSWER, at: z.string(), outcome: OUTCOME, text: z.string() })),
  /** Levels opened, 0–3. */
  hints: z.int().min(0).max(3),
});

export const STEP_PROGRESS = z.strictObject({
  step: z.string(),
  startedAt: z.string().nullable(),
  prediction: PREDICTION.nullable(),
  attempts: z.array(ATTEMPT),
  /** What became of the prediction, by question. */
  graded: z.record(z.string(), GRADE),
  checks: z.record(z.string(), CHECK),
  reflection: z.strictObject({ text: z.string().max(2000), at: z.string() }).nullable(),
  ended: z.strictObject({ how: z.enum(['passed', 'skipped']), at: z.string() }).nullable(),
});
export type StepProgress = z.infer<typeof STEP_PROGRESS>;
export type CheckProgress = z.infer<typeof CHECK>;
export type Grade = z.infer<typeof GRADE>;

/** Where one learner stands in one lab; `.lab/labs/<learner>/<stage>.json`. */
export const LAB_PROGRESS = z.strictObject({
  schema: z.literal(1),
  learner: z.string(),
  stage: z.int(),
  steps: z.array(STEP_PROGRESS),
});
export type LabProgress = z.infer<typeof LAB_PROGRESS>;

/** What the learner does next in a step. */
export type Moment = 'predict' | 'run' | 'check' | 'reflect' | 'done';

const UNTOUCHED: Omit<StepProgress, 'step'> = {
  startedAt: null,
  prediction: null,
  attempts: [],
  graded: {},
  checks: {},
  reflection: null,
  ended: null,
};

/** Progress in the steps the lab has now: one that was added is untouched, one that is gone is left out. */
export function alignedWith(lab: Lab, learner: string, kept: LabProgress | null): LabProgress {
  return {
    schema: 1,
    learner,
    stage: lab.stage,
    steps: lab.steps.map(({ id }) => kept?.steps.find((one) => one.step === id) ?? { step: id, ...UNTOUCHED }),
  };
}

export function progressIn(progress: LabProgress, id: string): StepProgress {
  return progress.steps.find((one) => one.step === id) ?? { step: id, ...UNTOUCHED };
}

export function momentOf(step: LabStep, own: StepProgress): Moment {
  if (own.ended !== null) return 'done';
  if (step.predict.length > 0 && own.prediction === null) return 'predict';
  if (step.action.kind !== 'look' && judgedRun(own) === null) return 'run';
  if (step.check.some(({ key }) => isOpen(checkIn(own, key)))) return 'check';
  return step.reflect === null ? 'done' : 'reflect';
}

/** Run that judged the prediction last; null when none did. */
export function judgedRun(own: StepProgress): string | null {
  return own.attempts.findLast((attempt) => attempt.outcome.kind === 'judged')?.run ?? null;
}

/** Key of the grade in a step that is about mending a site. */
export const GOAL = 'goal';

/** What was changed in a step, and what its runs came to, in order. */
export function changesIn({ attempts }: StepProgress): { readonly run: string; readonly set: readonly string[]; readonly text: string }[] {
  return attempts.flatMap(({ run, change }) => (run === null || change === undefined ? [] : [{ run, ...change }]));
}

export function checkIn(own: StepProgress, key: string): CheckProgress {
  return own.checks[key] ?? { tries: [], hints: 0 };
}

/** A check is closed by a right answer, or by a run that does not show it. */
export function isOpen({ tries }: CheckProgress): boolean {
  const last = tries.at(-1)?.outcome;
  return last !== 'right' && last !== 'not-shown';
}

/** Answers that count as tries: what a run did not show is nobody's mistake. */
export function triesOf({ tries }: CheckProgress): number {
  return tries.filter((one) => one.outcome !== 'not-shown').length;
}

/** The first step that has not ended, optional ones last; null when none is left. */
export function nextStep(lab: Lab, progress: LabProgress): LabStep | null {
  const left = lab.steps.filter((step) => momentOf(step, progressIn(progress, step.id)) !== 'done');
  return left.find((step) => !step.optional) ?? left[0] ?? null;
}
