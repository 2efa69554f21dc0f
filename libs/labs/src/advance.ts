import { Problem } from '@loadstair/kit';
import { fits, type Answer } from './answer.ts';
import type { AskedQuestion, Lab, LabStep } from './lab.ts';
import { hashOfPrediction } from './lock.ts';
import { checkIn, isOpen, momentOf, progressIn, type Grade, type LabProgress, type Moment, type StepProgress } from './progress.ts';

/** What a learner says before a run. */
export interface PredictionGiven {
  readonly answers: Readonly<Record<string, Answer>>;
  /** One line; may be empty. */
  readonly why: string;
  readonly sure: 'guess' | 'fairly' | 'very' | null;
}

/** What a learner changed, as for `--set`, and what the run of it came to. */
export interface ChangeMade {
  readonly set: readonly string[];
  readonly text: string;
}

/** What became of an attempt to run what a step runs. */
export type AttemptEnd =
  | {
      readonly kind: 'judged';
      readonly run: string;
      readonly graded: Readonly<Record<string, Grade>>;
      /** Of a step that is about mending a site: the goal was reached by it. */
      readonly change?: ChangeMade;
    }
  /** A change whose run did not reach the goal, or that measured the unchanged site. */
  | { readonly kind: 'missed'; readonly run: string; readonly graded: Readonly<Record<string, Grade>>; readonly change: ChangeMade }
  | { readonly kind: 'refused'; readonly run: string; readonly codes: readonly string[] }
  | { readonly kind: 'broke'; readonly why: string };

/** Something asked for at a moment when it makes no sense. Exit status 2. */
export class NotNow extends Problem {
  constructor(stage: number, step: string, wanted: string, moment: Moment) {
    super({
      what: `Step ${step} of lab ${stage}: you cannot ${wanted} now.`,
      why: NEXT[moment],
      do: `./lab workshop ${stage}`,
      code: 'E_LAB_MOMENT',
      exit: 2,
    });
  }
}

/** An answer a question cannot take. Exit status 2. */
export class BadAnswer extends Problem {
  constructor(stage: number, key: string, why: string) {
    super({ what: `The question ${key} does not take this answer.`, why, do: `./lab workshop ${stage}`, code: 'E_LAB_ANSWER', exit: 2 });
  }
}

const NEXT: Readonly<Record<Moment, string>> = {
  predict: 'the prediction is next',
  run: 'the run is next',
  check: 'the checks are next',
  reflect: 'the reflection is next',
  done: 'the step is done',
};

const HINT_LEVELS = 3;

/** The step is open on a learner's screen for the first time. */
export function begin(progress: LabProgress, step: LabStep, at: string): LabProgress {
  return change(progress, step, (own) => ({ ...own, startedAt: own.startedAt ?? at }));
}

/** Locks a prediction; it cannot be changed after. Throws NotNow and BadAnswer. */
export function lock(lab: Lab, progress: LabProgress, step: LabStep, given: PredictionGiven, at: string): LabProgress {
  need(lab, progress, step, ['predict'], 'predict');
  for (const asked of step.predict) {
    const answer = given.answers[asked.key];
    if (answer === undefined) throw new BadAnswer(lab.stage, asked.key, 'it was not answered; “not sure” is an answer, too');
    needFitting(lab, asked, answer, true);
  }
  const answers = Object.fromEntries(step.predict.map(({ key }) => [key, given.answers[key] as Answer]));
  const locked = { answers, why: given.why, sure: given.sure, lockedAt: at };
  const hash = hashOfPrediction({ learner: progress.learner, stage: lab.stage, step: step.id }, locked);
  return change(progress, step, (own) => ({ ...own, prediction: { ...locked, hash } }));
}

/** What came of running it. A run that was refused, or broke, leaves the prediction open. Throws NotNow. */
export function ran(lab: Lab, progress: LabProgress, step: LabStep, end: AttemptEnd, at: string): LabProgress {
  need(lab, progress, step, ['run', 'check'], 'run it');
  return change(progress, step, (own) => {
    if (end.kind === 'refused' || end.kind === 'broke') {
      const outcome = end.kind === 'broke' ? { kind: end.kind, why: end.why } : { kind: end.kind, codes: [...end.codes] };
      return { ...own, attempts: [...own.attempts, { run: end.kind === 'broke' ? null : end.run, at, outcome }] };
    }
    const made = end.change === undefined ? {} : { change: { ...end.change, set: [...end.change.set] } };
    const attempts = [...own.attempts, { run: end.run, at, outcome: { kind: end.kind }, ...made }];
    // What an earlier run did not show may be asked again of this one.
    const checks = Object.fromEntries(
      Object.entries(own.checks).map(([key, check]) => [
        key,
        { ...check, tries: check.tries.filter((one) => one.outcome !== 'not-shown') },
      ]),
    );
    return { ...own, attempts, checks, graded: { ...end.graded } };
  });
}

/** An answer to one check, judged. Throws NotNow and BadAnswer. */
export function check(
  lab: Lab,
  progress: LabProgress,
  step: LabStep,
  asked: AskedQuestion,
  answered: { readonly answer: Answer; readonly grade: () => Grade },
  at: string,
): LabProgress {
  need(lab, progress, step, ['check'], 'check an answer');
  needFitting(lab, asked, answered.answer, false);
  const before = checkIn(progressIn(progress, step.id), asked.key);
  if (!isOpen(before)) throw new BadAnswer(lab.stage, asked.key, 'it was answered already');
  const one = { answer: answered.answer, at, ...answered.grade() };
  const answeredNow = change(progress, step, (own) => ({
    ...own,
    checks: { ...own.checks, [asked.key]: { ...before, tries: [...before.tries, one] } },
  }));
  return endIfPassed(answeredNow, step, at);
}

/** Opens the next hint of a check; free, and counted. Throws NotNow: never before the lock. */
export function openHint(lab: Lab, progress: LabProgress, step: LabStep, key: string): LabProgress {
  need(lab, progress, step, ['check'], 'ask for a hint');
  const before = checkIn(progressIn(progress, step.id), key);
  return change(progress, step, (own) => ({
    ...own,
    checks: { ...own.checks, [key]: { ...before, hints: Math.min(HINT_LEVELS, before.hints + 1) } },
  }));
}

/** Throws NotNow. */
export function reflect(lab: Lab, progress: LabProgress, step: LabStep, text: string, at: string): LabProgress {
  need(lab, progress, step, ['reflect'], 'reflect');
  return change(progress, step, (own) => ({ ...own, reflection: { text, at }, ended: { how: 'passed', at } }));
}

/** Leaves a step as it is, for good. Throws NotNow. */
export function skip(lab: Lab, progress: LabProgress, step: LabStep, at: string): LabProgress {
  need(lab, progress, step, ['predict', 'run', 'check', 'reflect'], 'skip it');
  return change(progress, step, (own) => ({ ...own, ended: { how: 'skipped', at } }));
}

/** A step without anything to reflect on is passed with its last check. */
function endIfPassed(progress: LabProgress, step: LabStep, at: string): LabProgress {
  const own = progressIn(progress, step.id);
  if (own.ended !== null || momentOf(step, own) !== 'done') return progress;
  return change(progress, step, (one) => ({ ...one, ended: { how: 'passed', at } }));
}

function need(lab: Lab, progress: LabProgress, step: LabStep, moments: readonly Moment[], wanted: string): void {
  const moment = momentOf(step, progressIn(progress, step.id));
  if (!moments.includes(moment)) throw new NotNow(lab.stage, step.id, wanted, moment);
}

function needFitting(lab: Lab, { key, question }: AskedQuestion, answer: Answer, maybeUnsure: boolean): void {
  if (fits(question.form, answer, maybeUnsure)) return;
  const { form } = question;
  const wanted = form.kind === 'choice' ? form.options.map((option) => option.value).join(', ') : `a ${form.kind}`;
  throw new BadAnswer(lab.stage, key, `it takes ${wanted}`);
}

function change(progress: LabProgress, { id }: LabStep, to: (own: StepProgress) => StepProgress): LabProgress {
  return { ...progress, steps: progress.steps.map((own) => (own.step === id ? to(own) : own)) };
}
