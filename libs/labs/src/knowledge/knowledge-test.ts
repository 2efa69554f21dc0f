import { z } from 'zod';
import type { Option } from '../answer.ts';

/** One question of the test that is taken before the labs and again after them. */
export interface TestQuestion {
  /** Lower-case word, unique in the test. */
  readonly key: string;
  readonly ask: string;
  readonly options: readonly Option[];
  /** Value of the right option. */
  readonly right: string;
  /** Why; shown after the second time, one sentence. */
  readonly because: string;
}

const WORD = z.string().max(60);

/** The test taken once; null where somebody did not know. */
export const SITTING = z.strictObject({ at: WORD, answers: z.record(WORD, WORD.nullable()) });
export type Sitting = z.infer<typeof SITTING>;

/** Both times; `.lab/labs/<learner>/test.json`. */
export const TEST_TAKEN = z.strictObject({ before: SITTING.nullable(), after: SITTING.nullable() });
export type TestTaken = z.infer<typeof TEST_TAKEN>;
export const NOT_TAKEN: TestTaken = { before: null, after: null };

/** Which questions were answered right, as a lab log has it. */
export const MARKS = z.record(WORD, z.boolean());
export type Marks = z.infer<typeof MARKS>;

export function marksOf(questions: readonly TestQuestion[], { answers }: Sitting): Marks {
  return Object.fromEntries(questions.map(({ key, right }) => [key, answers[key] === right]));
}

/** Share of right answers, 0–1; null for a test without questions. */
export function scoreOf(marks: Marks): number | null {
  const all = Object.values(marks);
  return all.length === 0 ? null : all.filter(Boolean).length / all.length;
}

/**
 * Normalised gain: what was learned of what could be learned, (after − before) ÷ (1 − before).
 * R. R. Hake, "Interactive-engagement versus traditional methods", American Journal of Physics 66, 64 (1998), doi 10.1119/1.18809.
 *
 * @param before share of right answers, 0–1; of a class the mean, as Hake has it
 * @returns null where everything was known before
 */
export function normalisedGain(before: number, after: number): number | null {
  return before >= 1 ? null : (after - before) / (1 - before);
}

/** `Test: 40 % right before, 70 % after. Normalised gain 0.50 …`; null until both were taken. */
export function gainText(before: Marks | null, after: Marks | null): string | null {
  const [first, second] = [before, after].map((marks) => (marks === null ? null : scoreOf(marks)));
  if (first === null || first === undefined || second === null || second === undefined) return null;
  const gain = normalisedGain(first, second);
  const told = gain === null ? 'All answers were right before.' : `Normalised gain ${gain.toFixed(2)} (1 is all that could be learned).`;
  return `Test: ${percent(first)} right before, ${percent(second)} after. ${told}`;
}

/** A class: the gain of the means over those who took the test both times. */
export function classGain(
  taken: readonly { readonly before: Marks | null; readonly after: Marks | null }[],
): { readonly learners: number; readonly before: number; readonly after: number; readonly gain: number | null } | null {
  const both = taken.flatMap(({ before, after }) => {
    const [first, second] = [before === null ? null : scoreOf(before), after === null ? null : scoreOf(after)];
    return first === null || second === null ? [] : [{ first, second }];
  });
  if (both.length === 0) return null;
  const before = mean(both.map(({ first }) => first));
  const after = mean(both.map(({ second }) => second));
  return { learners: both.length, before, after, gain: normalisedGain(before, after) };
}

/** The same in words, for the teacher. */
export function classGainText(taken: Parameters<typeof classGain>[0]): string | null {
  const found = classGain(taken);
  if (found === null) return null;
  const { learners, before, after, gain } = found;
  const who = learners === 1 ? '1 learner' : `${learners} learners`;
  const told = gain === null ? '' : ` Normalised gain of the class ${gain.toFixed(2)} (Hake 1998).`;
  return `Test, ${who} who took it twice: ${percent(before)} right before, ${percent(after)} after.${told}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
