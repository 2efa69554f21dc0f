import { Problem } from '@loadstair/kit';
import type { Manifest, RunStore } from '@loadstair/runs';
import { BadRun } from '@loadstair/runs/errors';
import { NoChange, withinBudget, type Fix } from './fix/fix.ts';
import { carriedIn, judgeFix } from './fix/judge-fix.ts';
import { begin, check, lock, openHint, ran, reflect, skip, type AttemptEnd, type PredictionGiven } from './advance.ts';
import type { Answer } from './answer.ts';
import { figuredQuestion } from './figures.ts';
import type { AskedQuestion, Lab, LabStep } from './lab.ts';
import { alignedWith, changesIn, GOAL, judgedRun, momentOf, nextStep, progressIn, type Grade, type LabProgress } from './progress.ts';
import type { ProgressStore } from './progress-store.ts';
import { judgementText } from './question.ts';
import { judgeable, type Ran, type RanLoad, type Runnable, type Seen } from './seen.ts';
import { hasSeen, stepView, type StepView } from './step-view.ts';

/** Labs, learners' progress and stored runs together: what the terminal and labd both work at. Every call reads and writes whole. */
export interface LabDesk {
  readonly labs: readonly Lab[];
  /** Throws UnknownLab. */
  lab(stage: number): Lab;
  progress(learner: string, stage: number): LabProgress;
  summary(learner: string): readonly LabSummary[];
  /** Optional steps come last; null when none is left. */
  next(learner: string, stage: number): LabStep | null;
  view(at: At): StepView;
  /** The step is on the screen. */
  open(at: At): StepView;
  lock(at: At, given: PredictionGiven): StepView;
  /**
   * What a step runs now.
   *
   * @param set what the learner changes, where the step leaves that to the learner; empty runs the site unchanged
   * @throws NothingToRun, and where the learner chooses: NoChange, OverBudget, SettingError
   */
  toRun(at: At, set: readonly string[]): Runnable;
  /** A run has ended under this id; it is read from its folder and judges the prediction, unless it was refused. */
  ran(at: At, run: string): StepView;
  broke(at: At, why: string): StepView;
  check(at: At, key: string, answer: Answer): StepView;
  hint(at: At, key: string): StepView;
  reflect(at: At, text: string): StepView;
  skip(at: At): StepView;
}

/** Who is where. */
export interface At {
  readonly learner: string;
  readonly stage: number;
  readonly step: string;
  readonly quick: boolean;
}

export interface LabSummary {
  readonly stage: number;
  readonly slug: string;
  readonly title: string;
  readonly steps: number;
  readonly done: number;
  /** Null when the lab is done: optional steps may be left. */
  readonly next: { readonly step: string; readonly number: number; readonly title: string } | null;
  /** Optional steps that are left. */
  readonly optional: number;
  readonly begun: boolean;
  /** About how long what runs in the steps that are left takes, optional ones aside, s: long forms and quick ones. */
  readonly takesS: LabStep['takesS'];
}

/** Exit status 2. */
export class UnknownLab extends Problem {
  constructor(what: string, why: string) {
    super({ what, why, do: './lab workshop', code: 'E_UNKNOWN_LAB', exit: 2 });
  }
}

/** A step that runs nothing, asked to run. Exit status 2. */
export class NothingToRun extends Problem {
  constructor(stage: number, step: string) {
    super({
      what: `Step ${step} of lab ${stage} runs nothing.`,
      why: 'it only asks questions',
      do: `./lab workshop ${stage}`,
      code: 'E_LAB_MOMENT',
      exit: 2,
    });
  }
}

export function createDesk(options: {
  readonly labs: readonly Lab[];
  readonly progress: ProgressStore;
  readonly runs: Pick<RunStore, 'open'>;
  readonly now?: () => Date;
}): LabDesk {
  const { labs, runs } = options;
  const at = (): string => (options.now ?? (() => new Date()))().toISOString();

  const lab = (stage: number): Lab => {
    const found = labs.find((one) => one.stage === stage);
    if (found !== undefined) return found;
    throw new UnknownLab(`There is no lab ${stage}.`, `labs are ${labs.map((one) => one.stage).join(', ')}`);
  };
  const progress = (learner: string, stage: number): LabProgress => alignedWith(lab(stage), learner, options.progress.read(learner, stage));
  const stepOf = ({ stage, step }: At): LabStep => {
    const found = lab(stage).steps.find((one) => one.id === step);
    if (found !== undefined) return found;
    const ids = lab(stage).steps.map((one) => one.id);
    throw new UnknownLab(`Lab ${stage} has no step ${step}.`, `its steps are ${ids.join(', ')}`);
  };
  const ranIn = (step: LabStep, own: LabProgress): Ran | null => {
    const run = judgedRun(progressIn(own, step.id));
    if (run === null) return null;
    const judged = judgeable(runs.open(run), step.action);
    return judged.kind === 'judged' ? judged.ran : null;
  };
  const seenWith = (step: LabStep, own: LabProgress, now: Ran | null): Seen => ({
    topology: step.topology,
    ran: now,
    earlier: (id) => {
      const before = lab(own.stage).steps.find((one) => one.id === id);
      return before === undefined ? null : ranIn(before, own);
    },
  });
  /** What a question measured in the learner's own run; null without such a run, or when it is no longer stored. */
  const figure = (name: string, { id }: LabStep, own: LabProgress): string | null => {
    const found = figuredQuestion(labs, own.stage, id, name);
    if (found === null) return null;
    const standing = found.lab.stage === own.stage ? own : progress(own.learner, found.lab.stage);
    try {
      if (!hasSeen(found.step, progressIn(standing, found.step.id))) return null;
      const solution = found.question.solve(seenWith(found.step, standing, ranIn(found.step, standing)));
      return solution.kind === 'shown' ? solution.words : null;
    } catch (error) {
      if (error instanceof BadRun) return null;
      throw error;
    }
  };
  /** The run of the unchanged site that shows where it ends: of the step that measures it, else of the step that mends it. */
  const unchangedFor = ({ measuredIn }: Fix, step: LabStep, own: LabProgress): RanLoad | null => {
    const baseline = changesIn(progressIn(own, step.id)).findLast(({ set }) => set.length === 0);
    const ids = [judgedRun(progressIn(own, measuredIn)), baseline?.run ?? null].filter((id) => id !== null);
    for (const id of ids) {
      const measured = loadIn(id);
      if (measured !== null && carriedIn(measured).ended) return measured;
    }
    return null;
  };
  /** Null when it cannot be judged, or is no longer stored. */
  const loadIn = (id: string): RanLoad | null => {
    try {
      const judged = judgeable(runs.open(id), { kind: 'look' });
      return judged.kind === 'judged' && judged.ran.kind === 'run' ? judged.ran : null;
    } catch (error) {
      if (error instanceof BadRun) return null;
      throw error;
    }
  };
  const view = (where: At, own: LabProgress): StepView => {
    const step = stepOf(where);
    const seen = hasSeen(step, progressIn(own, step.id)) ? seenWith(step, own, ranIn(step, own)) : null;
    const unchanged = step.action.kind === 'fix' ? unchangedFor(step.action.fix, step, own) : null;
    return stepView(lab(where.stage), own, step, { seen, unchanged, figures: (name) => figure(name, step, own) }, where.quick);
  };
  const change = (where: At, to: (own: LabProgress, step: LabStep) => LabProgress): StepView => {
    const step = stepOf(where);
    const changed = to(begin(progress(where.learner, where.stage), step, at()), step);
    options.progress.write(changed);
    return view(where, changed);
  };
  const questionOf = (step: LabStep, key: string): AskedQuestion => {
    const asked = step.check.find((one) => one.key === key);
    if (asked !== undefined) return asked;
    throw new UnknownLab(`Step ${step.id} checks no ${key}.`, `it checks ${step.check.map((one) => one.key).join(', ')}`);
  };

  return {
    labs,
    lab,
    progress,
    summary: (learner) => labs.map((one) => summaryOf(one, progress(learner, one.stage))),
    next: (learner, stage) => nextStep(lab(stage), progress(learner, stage)),
    view: (where) => view(where, progress(where.learner, where.stage)),
    open: (where) => change(where, (own) => own),
    lock: (where, given) => change(where, (own, step) => lock(lab(where.stage), own, step, given, at())),
    toRun(where, set) {
      const step = stepOf(where);
      const { action } = step;
      if (action.kind === 'look') throw new NothingToRun(where.stage, step.id);
      if (action.kind !== 'fix') return action;
      const unchanged = unchangedFor(action.fix, step, progress(where.learner, where.stage));
      needChange(set, unchanged, where.stage);
      withinBudget(action.fix, set);
      return { kind: 'run', stage: action.stage, set };
    },
    ran: (where, run) =>
      change(where, (own, step) => {
        const opened = runs.open(run);
        const judged = judgeable(opened, step.action);
        const end = (): AttemptEnd => {
          if (judged.kind === 'refused') return { kind: 'refused', run, codes: judged.codes };
          const { action } = step;
          if (action.kind === 'fix' && judged.ran.kind === 'run')
            return fixEnd(action.fix, unchangedFor(action.fix, step, own), judged.ran, opened.manifest);
          return { kind: 'judged', run, graded: gradesOf(step, own, seenWith(step, own, judged.ran)) };
        };
        return ran(lab(where.stage), own, step, end(), at());
      }),
    broke: (where, why) => change(where, (own, step) => ran(lab(where.stage), own, step, { kind: 'broke', why }, at())),
    check: (where, key, answer) =>
      change(where, (own, step) => {
        const asked = questionOf(step, key);
        const grade = (): Grade => gradeOf(asked, answer, seenWith(step, own, ranIn(step, own)), 'answered');
        return check(lab(where.stage), own, step, asked, { answer, grade }, at());
      }),
    hint: (where, key) => change(where, (own, step) => openHint(lab(where.stage), own, step, questionOf(step, key).key)),
    reflect: (where, text) => change(where, (own, step) => reflect(lab(where.stage), own, step, text, at())),
    skip: (where) => change(where, (own, step) => skip(lab(where.stage), own, step, at())),
  };
}

/** The goal is the same for every change: only what is run decides whether it is reached. */
function fixEnd(fix: Fix, unchanged: RanLoad | null, now: RanLoad, { set, topology }: Pick<Manifest, 'set' | 'topology'>): AttemptEnd {
  const grade = judgeFix(fix, unchanged, now, topology);
  const kind = grade.outcome === 'right' ? 'judged' : 'missed';
  return { kind, run: now.id, graded: { [GOAL]: grade }, change: { set, text: grade.text } };
}

/** The unchanged site is run to learn the goal, and only for that. */
function needChange(set: readonly string[], unchanged: RanLoad | null, stage: number): void {
  const again = `./lab workshop ${stage}`;
  if (unchanged === null && set.length > 0)
    throw new NoChange(
      'The goal is not known yet.',
      'the load that the unchanged site carries has not been measured',
      `${again}, and run the site without a change first`,
    );
  if (unchanged !== null && set.length === 0)
    throw new NoChange(
      'Nothing was changed.',
      'the load that the unchanged site carries is known already',
      `${again}, and give a setting such as <tier>.cpu=<number>`,
    );
}

function gradesOf(step: LabStep, own: LabProgress, seen: Seen): Record<string, Grade> {
  const answers = progressIn(own, step.id).prediction?.answers ?? {};
  return Object.fromEntries(
    step.predict.flatMap((asked) => {
      const answer = answers[asked.key];
      return answer === undefined ? [] : [[asked.key, gradeOf(asked, answer, seen, 'predicted')]];
    }),
  );
}

function gradeOf({ question }: AskedQuestion, answer: Answer, seen: Seen, verb: 'predicted' | 'answered'): Grade {
  const judgement = question.judge(answer, seen);
  return { outcome: judgement.outcome, text: judgementText(question, judgement, verb) };
}

/** Where somebody stands in a lab. */
export function summaryOf(lab: Lab, progress: LabProgress): LabSummary {
  const left = lab.steps.filter((step) => momentOf(step, progressIn(progress, step.id)) !== 'done');
  const needed = left.filter((step) => !step.optional);
  const leftS = (form: keyof LabStep['takesS']): number => needed.reduce((sum, { takesS }) => sum + takesS[form], 0);
  const next = needed[0] ?? null;
  return {
    stage: lab.stage,
    slug: lab.slug,
    title: lab.title,
    steps: lab.steps.length,
    done: lab.steps.length - left.length,
    next: next === null ? null : { step: next.id, number: lab.steps.indexOf(next) + 1, title: next.title },
    optional: left.length - needed.length,
    begun: progress.steps.some((step) => step.startedAt !== null),
    takesS: { full: leftS('full'), quick: leftS('quick') },
  };
}
