import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@loadstair/kit';
import { writeWholeInNewFolder } from '@loadstair/kit/node';
import type { Option } from '../answer.ts';
import { DamagedProgress, learnerName } from '../progress-store.ts';
import { gainText, marksOf, NOT_TAKEN, TEST_TAKEN, type Marks, type TestQuestion, type TestTaken } from './knowledge-test.ts';

/** The test as somebody sees it now. Plain JSON; which answers are right is in it once it was taken twice. */
export interface TestView {
  readonly learner: string;
  readonly moment: 'before' | 'after' | 'done';
  readonly questions: readonly { readonly key: string; readonly ask: string; readonly options: readonly Option[] }[];
  /** Null until it was taken twice. */
  readonly result: {
    readonly gain: string;
    /** Questions that were answered wrong the second time. */
    readonly missed: readonly { readonly ask: string; readonly right: string; readonly because: string }[];
  } | null;
}

/** Where the test is taken, in the terminal and by labd. */
export interface TestDesk {
  /** Throws DamagedProgress. */
  view(learner: string): TestView;
  /** Keeps the answers of this time; a question that is missing counts as not known. Throws BadSitting and DamagedProgress. */
  take(learner: string, answers: Readonly<Record<string, string | null>>): TestView;
  /** As a lab log has it. Throws DamagedProgress. */
  marks(learner: string): { readonly before: Marks | null; readonly after: Marks | null };
}

/** Exit status 2. */
export class BadSitting extends Problem {
  constructor(why: string) {
    super({ what: 'The test does not take these answers.', why, do: './lab workshop --test', code: 'E_LAB_TEST', exit: 2 });
  }
}

const FOR_THE_LAB_ALONE = 0o600;

export function createTestDesk(labFolder: string, questions: readonly TestQuestion[], now: () => Date = () => new Date()): TestDesk {
  const fileOf = (learner: string): string => join(labFolder, 'labs', learnerName(learner), 'test.json');
  const read = (learner: string): TestTaken => {
    const file = fileOf(learner);
    return existsSync(file) ? readTaken(file) : NOT_TAKEN;
  };
  const view = (learner: string): TestView => viewOf(learner, questions, read(learner));
  return {
    view,
    take(learner, answers) {
      const taken = read(learner);
      if (taken.after !== null) throw new BadSitting('you have already taken it before and after the labs');
      const sitting = { at: now().toISOString(), answers: checked(questions, answers) };
      const next = taken.before === null ? { ...taken, before: sitting } : { ...taken, after: sitting };
      writeWholeInNewFolder(fileOf(learner), `${JSON.stringify(next, null, 2)}\n`, { mode: FOR_THE_LAB_ALONE });
      return view(learner);
    },
    marks(learner) {
      const { before, after } = read(learner);
      return { before: before === null ? null : marksOf(questions, before), after: after === null ? null : marksOf(questions, after) };
    },
  };
}

function viewOf(learner: string, questions: readonly TestQuestion[], { before, after }: TestTaken): TestView {
  return {
    learner,
    moment: before === null ? 'before' : after === null ? 'after' : 'done',
    questions: questions.map(({ key, ask, options }) => ({ key, ask, options })),
    result:
      before === null || after === null
        ? null
        : {
            gain: gainText(marksOf(questions, before), marksOf(questions, after)) ?? '',
            missed: questions
              .filter(({ key, right }) => after.answers[key] !== right)
              .map(({ ask, options, right, because }) => ({
                ask,
                right: options.find(({ value }) => value === right)?.label ?? right,
                because,
              })),
          },
  };
}

function checked(questions: readonly TestQuestion[], answers: Readonly<Record<string, string | null>>): Record<string, string | null> {
  const strange = Object.keys(answers).find((key) => questions.every((question) => question.key !== key));
  if (strange !== undefined) throw new BadSitting(`it has no question ${strange}`);
  return Object.fromEntries(
    questions.map(({ key, options }) => {
      const answer = answers[key] ?? null;
      if (answer !== null && options.every(({ value }) => value !== answer))
        throw new BadSitting(`${key} takes ${options.map(({ value }) => value).join(', ')}`);
      return [key, answer];
    }),
  );
}

function readTaken(file: string): TestTaken {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DamagedProgress(file, (error as Error).message);
  }
  const parsed = TEST_TAKEN.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new DamagedProgress(file, parsed.error.issues[0]?.message ?? 'it is of another shape');
}
