import { z } from 'zod';
import { answerWords } from './answer.ts';
import type { Lab, LabStep } from './lab.ts';
import { holdsLock } from './lock.ts';
import { momentOf, progressIn, triesOf, type LabProgress } from './progress.ts';

const STEP_LOG = z.strictObject({
  step: z.string(),
  title: z.string(),
  state: z.enum(['untouched', 'open', 'passed', 'skipped']),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** The most tries one check took, and the highest hint opened. */
  tries: z.int(),
  hints: z.int(),
  refused: z.int(),
  broke: z.int(),
  /** Null where nothing is predicted or it was not locked. */
  prediction: z
    .strictObject({
      /** As it was locked; false when the file was changed after. */
      holds: z.boolean(),
      why: z.string(),
      sure: z.string().nullable(),
      /** A question each: what was said, and what became of it; the outcome is null before a run judged it. */
      answers: z.array(
        z.strictObject({
          about: z.string(),
          said: z.string(),
          outcome: z.enum(['right', 'differs', 'unsure', 'not-shown']).nullable(),
        }),
      ),
    })
    .nullable(),
  reflection: z.string().nullable(),
  runs: z.array(z.string()),
});
export type StepLog = z.infer<typeof STEP_LOG>;

/** What a learner hands to a teacher: one file, `<learner>.lablog.json`. Names are what learners typed. */
export const LABLOG = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('lablog'),
  learner: z.string(),
  exportedAt: z.string(),
  labs: z.array(z.strictObject({ stage: z.int(), slug: z.string(), title: z.string(), steps: z.array(STEP_LOG) })),
});
export type LabLog = z.infer<typeof LABLOG>;

/** @param progress of each lab, in the order of `labs` */
export function labLogOf(learner: string, labs: readonly Lab[], progress: readonly LabProgress[], exportedAt: string): LabLog {
  return {
    schema: 1,
    kind: 'lablog',
    learner,
    exportedAt,
    labs: labs.flatMap((lab, index) => {
      const own = progress[index];
      if (own === undefined) return [];
      return [{ stage: lab.stage, slug: lab.slug, title: lab.title, steps: lab.steps.map((step) => stepLog(lab, step, own)) }];
    }),
  };
}

/** Exit status 2. */
export class BadLabLog extends Error {
  readonly what: string;
  readonly why: string;
  readonly do = './lab workshop --report';
  readonly code = 'E_LABLOG';
  readonly exit = 2;
  constructor(name: string, why: string) {
    super(`${name} is no lab log: ${why}`);
    this.name = 'BadLabLog';
    this.what = `${name} is no lab log.`;
    this.why = why;
  }
}

/** Throws BadLabLog. */
export function readLabLog(text: string, name: string): LabLog {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new BadLabLog(name, (error as Error).message);
  }
  const parsed = LABLOG.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BadLabLog(name, issue === undefined ? 'it is of another shape' : `${issue.path.join('.')}: ${issue.message}`);
}

function stepLog(lab: Lab, step: LabStep, progress: LabProgress): StepLog {
  const own = progressIn(progress, step.id);
  const checks = Object.values(own.checks);
  const count = (kind: 'refused' | 'broke'): number => own.attempts.filter((attempt) => attempt.outcome.kind === kind).length;
  const { prediction } = own;
  return {
    step: step.id,
    title: step.title,
    state: own.ended?.how ?? (own.startedAt === null ? 'untouched' : momentOf(step, own) === 'done' ? 'passed' : 'open'),
    startedAt: own.startedAt,
    endedAt: own.ended?.at ?? null,
    tries: Math.max(0, ...checks.map(triesOf)),
    hints: Math.max(0, ...checks.map((check) => check.hints)),
    refused: count('refused'),
    broke: count('broke'),
    prediction:
      prediction === null
        ? null
        : {
            holds: holdsLock({ learner: progress.learner, stage: lab.stage, step: step.id }, prediction),
            why: prediction.why,
            sure: prediction.sure,
            answers: step.predict.flatMap(({ key, question }) => {
              const answer = prediction.answers[key];
              if (answer === undefined) return [];
              return [{ about: question.about, said: answerWords(question.form, answer), outcome: own.graded[key]?.outcome ?? null }];
            }),
          },
    reflection: own.reflection?.text ?? null,
    runs: own.attempts.flatMap(({ run }) => (run === null ? [] : [run])),
  };
}
