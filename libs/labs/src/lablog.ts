import { Problem } from '@loadstair/kit';
import { parseForeign } from '@loadstair/runs/clean-text';
import { z } from 'zod';
import { GAME_LOG } from './gameday/game-log.ts';
import { MARKS } from './knowledge/knowledge-test.ts';

/** More than any lab has, and than anybody types: a log may come from anywhere. */
const WORD = z.string().max(200);
const TEXT = z.string().max(4000);
const COUNT = z.int().min(0).max(100_000);
const MOST_BYTES = 4 * 2 ** 20;

const STEP_LOG = z.strictObject({
  step: WORD,
  title: WORD,
  state: z.enum(['untouched', 'open', 'passed', 'skipped']),
  startedAt: WORD.nullable(),
  endedAt: WORD.nullable(),
  /** The most tries that one check, or the mending of a site, took; and the highest hint opened. */
  tries: COUNT,
  hints: COUNT,
  refused: COUNT,
  broke: COUNT,
  /** Null where nothing is predicted or it was not locked. */
  prediction: z
    .strictObject({
      /** As it was locked; false when the file was changed after. */
      holds: z.boolean(),
      why: TEXT,
      sure: WORD.nullable(),
      /** A question each: what was said, and what became of it; the outcome is null before a run judged it. */
      answers: z
        .array(
          z.strictObject({
            about: TEXT,
            said: TEXT,
            /** The tier that was named; null where no tier was. */
            tier: WORD.nullable(),
            outcome: z.enum(['right', 'differs', 'unsure', 'not-shown']).nullable(),
          }),
        )
        .max(100),
    })
    .nullable(),
  reflection: TEXT.nullable(),
  runs: z.array(WORD).max(1000),
});
export type StepLog = z.infer<typeof STEP_LOG>;

/** What a learner hands to a teacher: one file, `<learner>.lablog.json`. Names are what learners typed. */
export const LABLOG = z.strictObject({
  schema: z.literal(2),
  kind: z.literal('lablog'),
  /** Of this learner on this machine, drawn at random: two learners of one name are told apart by it. */
  id: z.string().regex(/^[0-9a-f]{8}$/),
  learner: WORD,
  exportedAt: WORD,
  labs: z.array(z.strictObject({ stage: z.int().min(1).max(1000), slug: WORD, title: WORD, steps: z.array(STEP_LOG).max(100) })).max(100),
  games: z.array(GAME_LOG).max(1000),
  /** Which questions of the test were answered right, before the labs and after them. */
  test: z.strictObject({ before: MARKS.nullable(), after: MARKS.nullable() }),
});
export type LabLog = z.infer<typeof LABLOG>;

/** Exit status 2. */
export class BadLabLog extends Problem {
  constructor(name: string, why: string) {
    super({ what: `${name} is no lab log.`, why, do: './lab workshop --report', code: 'E_LABLOG', exit: 2 });
  }
}

/** Text of a file as editors and shells save one: UTF-8 or UTF-16, with a byte order mark or without. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  // A decoder takes the mark away (encoding.spec.whatwg.org, "decode").
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

/** Throws BadLabLog. */
export function readLabLog(text: string, name: string): LabLog {
  let raw: unknown;
  try {
    if (text.length > MOST_BYTES) throw new SyntaxError(`it is larger than ${MOST_BYTES / 2 ** 20} MiB`);
    raw = parseForeign(text);
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
