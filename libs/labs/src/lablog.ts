import { z } from 'zod';

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
          /** The tier that was named; null where no tier was. */
          tier: z.string().nullable(),
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

/** Files of a class: those that are lab logs, and why others are none. */
export interface ClassFiles {
  readonly logs: readonly LabLog[];
  readonly unread: readonly BadLabLog[];
}

/** One file that cannot be read hides nobody else. */
export function readClass(files: readonly { readonly name: string; readonly text: string }[]): ClassFiles {
  const [logs, unread]: [LabLog[], BadLabLog[]] = [[], []];
  for (const { name, text } of files) {
    try {
      logs.push(readLabLog(text, name));
    } catch (error) {
      if (!(error instanceof BadLabLog)) throw error;
      unread.push(error);
    }
  }
  return { logs, unread };
}
