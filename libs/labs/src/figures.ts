import type { Lab, LabStep } from './lab.ts';
import type { Question } from './question.ts';
import { withWords, type Block } from './prose.ts';

/**
 * Words in braces stand for what a question measured, in the learner's own runs: `{busy}` in this step, `{split.web}` in an earlier step of the
 * lab, `{1.limit.load}` in another lab.
 */
const FIGURE = /\{([^{}]*)\}/g;
const NAME = /^(?:(?:(\d+)\.)?([a-z-]+)\.)?([a-z-]+)$/;

/** What a figure's name leads to. */
export interface FiguredQuestion {
  readonly lab: Lab;
  readonly step: LabStep;
  readonly question: Question;
}

/** Gives the words of a figure; null where no run of the learner shows it. */
export type Figures = (name: string) => string | null;

/** Names in braces, in the order of the text. */
export function figuresIn(blocks: readonly Block[]): string[] {
  const names: string[] = [];
  for (const block of blocks)
    withWords(block, (words) => {
      names.push(...[...words.matchAll(FIGURE)].map(([, name = '']) => name));
      return words;
    });
  return names;
}

/** A block that names a figure which no run shows is left out, whole. */
export function withFigures(blocks: readonly Block[], figures: Figures): Block[] {
  return blocks
    .filter((block) => figuresIn([block]).every((name) => figures(name) !== null))
    .map((block) => withWords(block, (words) => words.replaceAll(FIGURE, (_, name: string) => figures(name) ?? '')));
}

/** Null when nothing of this name was asked before: in the step itself, an earlier one, or an earlier lab. */
export function figuredQuestion(labs: readonly Lab[], stage: number, from: string, name: string): FiguredQuestion | null {
  const [, otherStage, otherStep = from, key] = NAME.exec(name) ?? [];
  const lab = labs.find((one) => one.stage === (otherStage === undefined ? stage : Number(otherStage)));
  const step = lab?.steps.find(({ id }) => id === otherStep);
  const asked = [...(step?.predict ?? []), ...(step?.check ?? [])].find((one) => one.key === key);
  if (lab === undefined || step === undefined || asked === undefined || lab.stage > stage) return null;
  const isLater = lab.stage === stage && lab.steps.indexOf(step) > lab.steps.findIndex(({ id }) => id === from);
  return isLater ? null : { lab, step, question: asked.question };
}

/** Figures that a lab's texts name and that lead nowhere, or to what the learner has not seen at that moment: `limit: {hled}`. */
export function unknownFigures(labs: readonly Lab[], lab: Lab): string[] {
  return lab.steps.flatMap(({ id, text, anchor, why }) => {
    // A prediction comes before the step's own run, and the text of a step before any answer.
    const early = [...figuresIn(text), ...figuresIn(anchor).filter((name) => !name.includes('.'))];
    const missing = [...figuresIn(anchor), ...figuresIn(why)].filter((name) => figuredQuestion(labs, lab.stage, id, name) === null);
    return [...new Set([...early, ...missing])].map((name) => `${id}: {${name}}`);
  });
}
