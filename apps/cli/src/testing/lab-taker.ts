import { expect } from '@jest/globals';
import type { AskedQuestion, Lab, LabStep } from '@loadstair/labs';
import { limitAnswers, outcomeAnswers } from './read-run.ts';

/** Somebody who takes a lab, in a terminal or in a browser. */
export interface LabTaker {
  /** Locks what is said to each question of the step, and lets it run until a run has judged it. */
  predict(step: LabStep, said: Readonly<Record<string, string>>): Promise<JudgedRun>;
  /** Runs a change of a site that is to be mended, until a run has judged it. */
  change(step: LabStep, set: string): Promise<JudgedRun>;
  /** Leaves a step as it is. */
  skip(step: LabStep): Promise<void>;
  /** Answers a check; the mark of the reply. */
  check(asked: AskedQuestion, said: string): Promise<Mark>;
  /** Opens the first hint of a check that was just answered. */
  hint(asked: AskedQuestion, run: string | null): Promise<void>;
  reflect(step: LabStep, text: string): Promise<void>;
  /** The step is over. */
  passed(step: LabStep): Promise<void>;
}

export interface JudgedRun {
  readonly run: string;
  /** What was said of the prediction, breaks of lines aside. */
  readonly shown: string;
}

/** Right, not so, this run does not show it. */
export type Mark = '✓' | '✗' | '?';

/** What is predicted in each step, or changed (`change`), and what the lab says to it. */
export type Predictions = Readonly<
  Record<string, { readonly said: Readonly<Record<string, string>>; readonly replies: readonly RegExp[] }>
>;

interface Taking {
  readonly predictions: Predictions;
  /** Answers that no run decides. */
  readonly known: Readonly<Record<string, string>>;
  /** Where its runs are stored; among those of this checkout when it is left out. */
  readonly runsFolder?: string;
  /** Steps that cannot be run; all can when it is left out. */
  readonly skips?: (step: LabStep) => boolean;
}

/**
 * Takes a lab from its first step to its last: what is predicted is judged, the first check of each step is answered wrong, gets its
 * hint, and then every check is answered as a careful reader of the run would.
 *
 * @returns the runs it made
 */
export async function takeWhole(
  lab: Lab,
  taker: LabTaker,
  { predictions, known, runsFolder, skips = () => false }: Taking,
): Promise<string[]> {
  const runs: string[] = [];
  for (const step of stepsInOrder(lab)) {
    if (skips(step)) {
      await taker.skip(step);
      continue;
    }
    const predicted = predictions[step.id];
    const mends = step.action.kind === 'fix';
    const judged =
      predicted === undefined
        ? null
        : mends
          ? await taker.change(step, predicted.said['change'] ?? '')
          : await taker.predict(step, predicted.said);
    if (judged !== null) runs.push(judged.run);
    for (const reply of predicted?.replies ?? []) expect(judged?.shown).toMatch(reply);
    const read =
      judged === null
        ? {}
        : mends || step.action.kind === 'run'
          ? limitAnswers(judged.run, runsFolder)
          : outcomeAnswers(judged.run, runsFolder);
    const right: Readonly<Record<string, string | null>> = { ...known, ...read };
    for (const [index, asked] of step.check.entries()) {
      const answer = right[asked.key] ?? null;
      if (index === 0 && answer !== null) {
        expect([step.id, asked.key, await taker.check(asked, wrong(asked, answer))]).toEqual([step.id, asked.key, '✗']);
        await taker.hint(asked, judged?.run ?? null);
      }
      const mark = await taker.check(asked, answer ?? wrong(asked, ''));
      expect([step.id, asked.key, mark]).toEqual([step.id, asked.key, answer === null ? '?' : '✓']);
    }
    if (step.reflect !== null) await taker.reflect(step, 'a bigger host');
    await taker.passed(step);
  }
  return runs;
}

/** As a learner is led through them: optional ones come last. */
export function stepsInOrder({ steps }: Lab): LabStep[] {
  return [...steps.filter((step) => !step.optional), ...steps.filter((step) => step.optional)];
}

/** Another choice, or a number far from the right one. */
function wrong({ question }: AskedQuestion, right: string): string {
  const { form } = question;
  if (form.kind === 'choice') return form.options.find(({ value }) => value !== right)?.value ?? '';
  return String(Number(right) > 50 ? Number(right) - 20 : Number(right) + 20);
}
