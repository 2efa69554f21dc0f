import type { Topology } from '@loadstair/topology';
import type { Answer, Form } from './answer.ts';
import { answerWords } from './answer-words.ts';
import { withFigures, type Figures } from './figures.ts';
import { fixView, type FixView } from './fix/fix-view.ts';
import { happened, type Happened } from './happened.ts';
import { commandOf, type AskedQuestion, type Lab, type LabStep } from './lab.ts';
import { holdsLock } from './lock.ts';
import {
  checkIn,
  isOpen,
  judgedRun,
  momentOf,
  progressIn,
  triesOf,
  type Grade,
  type LabProgress,
  type Moment,
  type StepProgress,
} from './progress.ts';
import type { Block } from './prose.ts';
import type { Place, Question } from './question.ts';
import type { RanLoad, Seen, StepAction } from './seen.ts';
import { whyView, type WhyView } from './why-view.ts';

/** One step of a lab as a page or a terminal shows it now. Plain JSON. What must not be seen yet is not in it. */
export interface StepView {
  readonly stage: number;
  readonly slug: string;
  readonly labTitle: string;
  readonly learner: string;
  readonly step: string;
  readonly number: number;
  readonly of: number;
  /** All steps of the lab, and how each was left. */
  readonly steps: readonly StepMark[];
  readonly title: string;
  readonly optional: boolean;
  readonly text: readonly Block[];
  /** What the step does: a look at the topology, a run, an experiment, a run of what the learner changed. */
  readonly action: StepAction['kind'];
  /** What there is to look at; null where something runs. */
  readonly topology: Topology | null;
  /** How the same is run by hand; null where nothing runs. */
  readonly command: string | null;
  /** s, long form and quick one; 0 where nothing runs. */
  readonly takesS: LabStep['takesS'];
  readonly moment: Moment;
  readonly ended: 'passed' | 'skipped' | null;
  readonly predict: {
    /** What the learner saw earlier and can start from. */
    readonly anchor: readonly Block[];
    readonly questions: readonly PredictView[];
    /** Null until it is locked. */
    readonly locked: LockedView | null;
  } | null;
  /** What is to be reached by a change; null in steps of another kind. */
  readonly fix: FixView | null;
  readonly happened: Happened | null;
  /** Null until the prediction is locked and what runs has run. */
  readonly checks: readonly CheckView[] | null;
  /** Null until every check is closed. */
  readonly why: WhyView | null;
  readonly reflect: ReflectView | null;
}

export interface StepMark {
  readonly step: string;
  readonly title: string;
  readonly optional: boolean;
  /** Null while it is not over. */
  readonly ended: StepView['ended'];
}

export interface PredictView {
  readonly key: string;
  readonly ask: string;
  readonly form: Form;
  readonly answer: Answer | null;
  /** What to draw of a locked answer in the run's own coordinates. */
  readonly draw: Drawn | null;
  /** Whose tiers are the choices, to take one on its picture; null where they are none, and once it is locked. */
  readonly pick: Topology | null;
}

export type Drawn =
  | { readonly kind: 'load'; readonly low: number; readonly high: number }
  | { readonly kind: 'seconds'; readonly low: number; readonly high: number }
  | { readonly kind: 'tier'; readonly tier: string };

export interface LockedView {
  readonly why: string;
  readonly sure: string | null;
  readonly lockedAt: string;
  readonly hash: string;
  /** False when the file was changed after. */
  readonly holds: boolean;
}

export interface CheckView {
  readonly key: string;
  readonly ask: string;
  readonly form: Form;
  readonly open: boolean;
  readonly tries: number;
  readonly last: Grade | null;
  readonly hints: readonly Hint[];
  readonly hintsLeft: number;
}

/** Opened one at a time: where to look, what the words mean, the answer with its evidence. */
export type Hint =
  | { readonly level: 1; readonly place: Place }
  | { readonly level: 2; readonly text: string }
  | { readonly level: 3; readonly text: string; readonly because: readonly string[] };

export interface ReflectView {
  readonly ask: string;
  /** What was predicted and why, and what was measured. */
  readonly beside: readonly string[];
  readonly answer: string | null;
}

const HINTS = 3;

/** The steps of a lab, and how a learner left each. */
export function stepMarks(lab: Lab, progress: LabProgress): StepMark[] {
  return lab.steps.map(({ id, title, optional }) => ({ step: id, title, optional, ended: progressIn(progress, id).ended?.how ?? null }));
}

/** What a view may show of runs. */
export interface Shown {
  /** What may be looked at; null before anything ran where something runs. */
  readonly seen: Seen | null;
  /** Figures of the learner's runs that texts name. */
  readonly figures: Figures;
  /** A run of the unchanged site, in a step that is about mending it. */
  readonly unchanged: RanLoad | null;
}

export function stepView(lab: Lab, progress: LabProgress, step: LabStep, { seen, figures, unchanged }: Shown, quick: boolean): StepView {
  const own = progressIn(progress, step.id);
  const moment = momentOf(step, own);
  return {
    stage: lab.stage,
    slug: lab.slug,
    labTitle: lab.title,
    learner: progress.learner,
    step: step.id,
    number: lab.steps.indexOf(step) + 1,
    of: lab.steps.length,
    steps: stepMarks(lab, progress),
    title: step.title,
    optional: step.optional,
    text: step.text,
    action: step.action.kind,
    topology: step.action.kind === 'look' || step.action.kind === 'fix' ? step.topology : null,
    command: commandOf(step.action, quick),
    takesS: step.takesS,
    moment,
    ended: own.ended?.how ?? null,
    predict: step.predict.length === 0 ? null : predictView(lab, progress, step, figures),
    fix: fixView(step, own, unchanged),
    happened: happened(step, own, seen),
    checks: seen === null ? null : step.check.map((asked) => checkView(asked, own, seen)),
    why: seen === null ? null : whyView(step, own, figures),
    reflect: step.reflect === null || (moment !== 'reflect' && moment !== 'done') ? null : reflectView(step, own, step.reflect),
  };
}

function predictView(lab: Lab, progress: LabProgress, step: LabStep, figures: Figures): StepView['predict'] {
  const { learner } = progress;
  const { prediction } = progressIn(progress, step.id);
  const anchor = withFigures(step.anchor, figures);
  const questions = step.predict.map(({ key, ask, question }) => ({
    key,
    ask,
    form: question.form,
    answer: prediction?.answers[key] ?? null,
    draw: drawn(question.draws, prediction?.answers[key]),
    pick: question.draws === 'tier' && prediction === null ? step.topology : null,
  }));
  if (prediction === null) return { anchor, questions, locked: null };
  const { why, sure, lockedAt, hash } = prediction;
  return {
    anchor,
    questions,
    locked: { why, sure, lockedAt, hash, holds: holdsLock({ learner, stage: lab.stage, step: step.id }, prediction) },
  };
}

function drawn(draws: Question['draws'], answer: Answer | undefined): Drawn | null {
  if ((draws === 'load' || draws === 'seconds') && answer?.kind === 'range') return { kind: draws, low: answer.low, high: answer.high };
  if (draws === 'tier' && answer?.kind === 'choice') return { kind: 'tier', tier: answer.value };
  return null;
}

function checkView({ key, ask, question }: AskedQuestion, own: StepProgress, seen: Seen): CheckView {
  const check = checkIn(own, key);
  const last = check.tries.at(-1);
  const open = isOpen(check) && own.ended === null;
  // Once a step is over, all are shown.
  const levels = open ? check.hints : HINTS;
  return {
    key,
    ask,
    form: question.form,
    open,
    tries: triesOf(check),
    last: last === undefined ? null : { outcome: last.outcome, text: last.text },
    hints: hintsOf(question, seen).slice(0, levels),
    hintsLeft: HINTS - check.hints,
  };
}

function hintsOf(question: AskedQuestion['question'], seen: Seen): Hint[] {
  const solution = question.solve(seen);
  const means: Hint = { level: 2, text: question.means.join(' ') };
  if (solution.kind === 'not-shown') return [means, { level: 3, text: solution.why, because: [] }];
  return [
    { level: 1, place: solution.place },
    means,
    { level: 3, text: `${question.about}: ${solution.words}.`, because: solution.because },
  ];
}

function reflectView(step: LabStep, own: StepProgress, ask: string): ReflectView {
  const { prediction } = own;
  const said = step.predict.map(({ key, question }) => {
    const answer = prediction?.answers[key];
    return own.graded[key]?.text ?? (answer === undefined ? '' : `${question.about}: you predicted ${answerWords(question.form, answer)}.`);
  });
  const why = prediction === null || prediction.why === '' ? [] : [`Your reason: ${prediction.why}`];
  return { ask, beside: [...said, ...why], answer: own.reflection?.text ?? null };
}

/** Whether a run of this step can be looked at. */
export function hasSeen(step: LabStep, own: StepProgress): boolean {
  if (step.predict.length > 0 && own.prediction === null) return false;
  return step.action.kind === 'look' || judgedRun(own) !== null;
}
