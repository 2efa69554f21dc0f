import { Problem } from '@loadstair/kit';
import { settingsIn, type Answer, type At, type CheckView, type LabDesk, type LabStep, type StepView } from '@loadstair/labs';
import type { OpenedRun } from '@loadstair/runs';
import { tierLines } from '@loadstair/stages';
import type { Io } from '@loadstair/terminal-view/io';
import {
  anchorText,
  changePrompt,
  checkedText,
  fixText,
  gradedText,
  hintText,
  labText,
  prompt,
  stepText,
  whyText,
} from '@loadstair/terminal-view/lab-view';
import { minutes } from '@loadstair/terminal-view/minutes';
import { outcomeBlock } from '@loadstair/terminal-view/outcome-view';
import { verdictBlock } from '@loadstair/terminal-view/verdict-view';
import { wrap } from '@loadstair/terminal-view/wrap';
import { askFor, askMenu, askSure, isLeaving, leave, tellWhyNot } from './ask.ts';
import { nobodyToAsk, type Asker } from './asker.ts';
import { placeLinks, runLinks } from './links.ts';
import type { LabRunner } from './runner.ts';

/** Everything a learner's session in the terminal works with. */
export interface Session {
  readonly desk: LabDesk;
  readonly learner: string;
  readonly quick: boolean;
  readonly runner: LabRunner;
  readonly asker: Asker;
  readonly io: Io;
  readonly instance: number;
  /** A stored run, and its verdict in words. */
  readonly openRun: (id: string) => { readonly run: OpenedRun; readonly lines: readonly string[] };
}

const [NOT_MET, REFUSED] = [5, 3] as const;

/** How a step was left: null when it has ended. */
type Left = number | null;

/**
 * Guides a learner through a lab from exactly where he stands. Without a person, answers given beforehand are used, and the session
 * ends with the step, or with the first thing that has no answer.
 *
 * @returns exit status: 0 left or done, 5 a check was not met and nobody is there to try again, 3 a run was refused likewise
 */
export async function takeLab(stage: number, session: Session): Promise<number> {
  const { desk, learner, io, asker } = session;
  const lab = desk.lab(stage);
  if (desk.progress(learner, stage).steps.every((step) => step.startedAt === null)) io.err.write(labText(lab, io.err));
  const done = `${io.err.paint.good(io.err.marks.good)} Lab ${stage} is done.`;
  for (let isTold = false; ;) {
    const step = desk.next(learner, stage);
    if (step === null) {
      io.err.write(`${done}\nnext   ${nextAfter(session, stage)}\n`);
      return 0;
    }
    if (step.optional && !isTold) {
      io.err.write(`${done} The steps that follow are optional: q leaves.\n`);
      isTold = true;
    }
    const left = await takeStep({ learner, stage, step: step.id, quick: session.quick }, step, session);
    if (left !== null) return left;
    if (!asker.person) {
      io.err.write(`next   ./lab workshop ${stage}\n`);
      return 0;
    }
  }
}

async function takeStep(at: At, step: LabStep, session: Session): Promise<Left> {
  const { desk, io } = session;
  const first = desk.open(at);
  io.err.write(`\n${stepText(first, io.err)}`);
  if (step.action.kind === 'look' || step.action.kind === 'fix') io.err.write(`${tierLines(step.topology).join('\n')}\n`);
  io.err.write('\n');
  showHappened(first, session);
  let did = false;
  for (;;) {
    const view = desk.view(at);
    const missing = missingKey(view, session.asker);
    if (missing !== null) {
      if (!did) throw nobodyToAsk(at.stage, missing.key, missing.ask);
      io.err.write(`next   ./lab workshop ${at.stage} --answer ${missing.key}=…\n`);
      return 0;
    }
    const left = await takeMoment(view, at, session);
    if (left !== null) return left;
    const after = desk.view(at);
    if (after.moment === 'done') {
      // Beside a prediction that was not right it stood before the reflection.
      if (after.why?.first === false || after.reflect === null) io.err.write(whyText(after, io.err));
      return null;
    }
    did = true;
  }
}

async function takeMoment(view: StepView, at: At, session: Session): Promise<Left> {
  switch (view.moment) {
    case 'predict':
      return (await predict(view, at, session)) ?? runLocked(at, session);
    case 'run':
      return runAgain(view, at, session);
    case 'check':
      return checkOne(view, at, session);
    case 'reflect':
      return reflect(view, at, session);
    case 'done':
      return null;
  }
}

/** What this moment needs an answer to and nobody can give. */
function missingKey(view: StepView, asker: Asker): { readonly key: string; readonly ask: string } | null {
  switch (view.moment) {
    case 'predict':
      return view.predict?.questions.find((question) => !asker.gives(question.key)) ?? null;
    case 'check': {
      const open = view.checks?.find((check) => check.open);
      return open !== undefined && !asker.gives(open.key) ? open : null;
    }
    case 'reflect':
      return asker.gives('reflect') ? null : { key: 'reflect', ask: view.reflect?.ask ?? '' };
    case 'run':
      return view.fix === null || view.fix.first || asker.gives('change') ? null : { key: 'change', ask: 'Your change' };
    default:
      return null;
  }
}

/** Asks all, then locks: from then on nothing of it changes. */
async function predict(view: StepView, at: At, session: Session): Promise<Left> {
  const { asker, io, desk } = session;
  const answers: Record<string, Answer> = {};
  io.err.write(anchorText(view, io.err));
  for (const question of view.predict?.questions ?? []) {
    const said = await askFor(question, true, session);
    if (said.kind === 'left') return leave(at, io);
    if (said.kind === 'skip') {
      desk.skip(at);
      return null;
    }
    if (said.kind === 'answer') answers[question.key] = said.answer;
  }
  const why = asker.gives('why') ? await asker.ask('why', 'Why? (one line)  > ') : '';
  if (why === null || isLeaving(why)) return leave(at, io);
  const sure = await askSure(session);
  if (sure === 'left') return leave(at, io);
  const locked = desk.lock(at, { answers, why, sure }).predict?.locked;
  io.err.write(`Locked, ${locked?.hash ?? ''}. It cannot be changed now.\n`);
  return null;
}

/** What was just locked; a step that was skipped instead runs nothing. */
async function runLocked(at: At, session: Session): Promise<Left> {
  const view = session.desk.view(at);
  return view.moment === 'run' ? run(view, at, session) : null;
}

async function runAgain(view: StepView, at: At, session: Session): Promise<Left> {
  const { asker, io, desk } = session;
  if (view.fix !== null) return runChange(view, view.fix, at, session);
  if (!asker.person) return run(view, at, session);
  const typed = await asker.ask(
    'run',
    prompt(`Run, ${minutes(takesS(view, session))}?`, ['Enter: run', 's: skip the step', 'q: leave'], io.err.columns),
  );
  if (typed === null || isLeaving(typed)) return leave(at, io);
  if (typed === 's') {
    desk.skip(at);
    return null;
  }
  return run(view, at, session);
}

async function runChange(view: StepView, fix: NonNullable<StepView['fix']>, at: At, session: Session): Promise<Left> {
  const { asker, io, desk } = session;
  io.err.write(fixText(fix, io.err));
  const typed = asker.person || !fix.first ? await asker.ask('change', changePrompt(view, fix, io.err.columns)) : '';
  if (typed === null || isLeaving(typed)) return leave(at, io);
  if (typed === 's') {
    desk.skip(at);
    return null;
  }
  const set = settingsIn(typed);
  try {
    desk.toRun(at, set);
  } catch (error) {
    if (!(error instanceof Problem) || !asker.person) throw error;
    io.err.write(`${wrap(`  ${error.message}`, io.err.columns, 2).join('\n')}\n`);
    return null;
  }
  const left = await run(view, at, session, set);
  return left === null && !asker.person && !fix.first && desk.view(at).moment === 'run' ? NOT_MET : left;
}

function takesS(view: StepView, { quick }: Session): number {
  return quick ? view.takesS.quick : view.takesS.full;
}

async function run(view: StepView, at: At, session: Session, set: readonly string[] = []): Promise<Left> {
  const { desk, io, runner, asker } = session;
  const action = desk.toRun(at, set);
  const reason = runner.cannot(action, session.quick);
  if (reason !== null) return tellWhyNot(reason, session);
  io.err.write(`${runner.says(action, session.quick, takesS(view, session))}\n\n`);
  const end = await runner.run(action, session.quick).catch((error: unknown) => {
    const { what, message } = error as { what?: string; message?: string };
    desk.broke(at, what ?? message ?? String(error));
    io.err.write(`The lab broke.${stillOpen(view)}\n`);
    throw error;
  });
  if (end.kind === 'interrupted') {
    io.err.write(`Interrupted.${stillOpen(view)}\n`);
    return end.status;
  }
  const after = desk.ran(at, end.run);
  showRun(end.run, session);
  showHappened(after, session);
  return after.happened?.kind === 'refused' && !asker.person ? REFUSED : null;
}

function stillOpen({ predict }: StepView): string {
  return predict === null ? '' : ' Your prediction is still open.';
}

function showRun(id: string, { io, openRun }: Session): void {
  const { run, lines } = openRun(id);
  io.out.write(run.outcome === null ? verdictBlock(run.verdict, lines, io.out) : outcomeBlock(run.outcome, io.out));
}

function showHappened({ happened, action }: StepView, session: Session): void {
  const { io, instance } = session;
  if (happened === null) return;
  if (happened.kind !== 'judged') {
    io.err.write(`${io.err.marks.refused} ${happened.text}\n`);
    return;
  }
  const links = runLinks(happened.run, action === 'run', instance);
  const again = happened.graded.some((one) => one.outcome === 'not-shown') ? '  a: run again, at any check\n' : '';
  io.err.write(`\n${gradedText(happened.graded, io.err)}${links.map((line) => `  ${line}\n`).join('')}${again}\n`);
}

/** One check: an answer, and after one that differs a hint, another reading, or on without it. */
async function checkOne(view: StepView, at: At, session: Session): Promise<Left> {
  const { asker, io } = session;
  const check = view.checks?.find((one) => one.open);
  if (check === undefined) return null;
  const said = asker.person && check.tries > 0 ? await askMenu(check, session) : await askFor(check, false, session);
  switch (said.kind) {
    case 'hint':
      openHint(check, at, session);
      return null;
    case 'again':
      return view.action === 'look' ? null : run(view, at, session, view.fix?.tried.at(-1)?.set);
    case 'skip':
      session.desk.skip(at);
      return null;
    case 'left':
      return asker.person ? leave(at, io) : NOT_MET;
    case 'answer': {
      const after = session.desk.check(at, check.key, said.answer).checks?.find((one) => one.key === check.key);
      if (after !== undefined) io.err.write(checkedText(after, io.err));
      return after?.open === true && !asker.person ? NOT_MET : null;
    }
  }
}

function openHint(check: CheckView, at: At, { desk, io, instance }: Session): void {
  const hint = desk
    .hint(at, check.key)
    .checks?.find((one) => one.key === check.key)
    ?.hints.at(-1);
  if (hint !== undefined) io.err.write(hintText(hint, (place) => placeLinks(place, instance), io.err));
}

async function reflect(view: StepView, at: At, { asker, io, desk }: Session): Promise<Left> {
  const { columns, paint } = io.err;
  if (view.why?.first === true) io.err.write(whyText(view, io.err));
  const beside = (view.reflect?.beside ?? []).flatMap((line) => wrap(line, columns, 2));
  io.err.write(`\n${beside.map((line) => `${paint.dim(line)}\n`).join('')}`);
  // A whole sentence needs a line of its own.
  const typed = await asker.ask('reflect', `${wrap(view.reflect?.ask ?? '', columns, 0).join('\n')}\n  > `);
  if (typed === null || isLeaving(typed)) return leave(at, io);
  desk.reflect(at, typed);
  return null;
}

function nextAfter({ desk, learner }: Session, stage: number): string {
  const next = desk.summary(learner).find((lab) => lab.next !== null && lab.stage > stage);
  return next === undefined ? './lab workshop --report' : `./lab workshop ${next.stage}`;
}
