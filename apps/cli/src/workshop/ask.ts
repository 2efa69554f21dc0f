import type { Problem } from '@loadstair/kit';
import { parseAnswer, type Answer, type At, type CheckView, type Form } from '@loadstair/labs';
import type { Io } from '@loadstair/terminal-view/io';
import { checkMenu, questionPrompt, sureOf, surePrompt } from '@loadstair/terminal-view/lab-view';
import { wrap } from '@loadstair/terminal-view/wrap';
import { unclearAnswer, type Asker } from './asker.ts';

interface Asked {
  readonly asker: Asker;
  readonly io: Io;
}

/** What came of a question; all but an answer and leaving are words of a check. */
export type Said = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'hint' | 'again' | 'skip' | 'left' };

/** Asks until it is clear. Throws Problem when an answer given beforehand is not. */
export async function askFor(
  question: { readonly key: string; readonly ask: string; readonly form: Form },
  predicting: boolean,
  { asker, io }: Asked,
): Promise<Said> {
  for (;;) {
    const typed = await asker.ask(question.key, questionPrompt(question.ask, question.form, predicting, io.err.columns));
    if (typed === null || isLeaving(typed)) return { kind: 'left' };
    if (typed === 's') return { kind: 'skip' };
    if (!predicting && typed === 'h') return { kind: 'hint' };
    if (!predicting && typed === 'a') return { kind: 'again' };
    const parsed = parseAnswer(question.form, typed, predicting);
    if (parsed.kind === 'answer') return parsed;
    if (!asker.person) throw unclearAnswer(question.key, typed, parsed.say);
    io.err.write(`  ${parsed.say}\n`);
  }
}

/** After an answer that differs. */
export async function askMenu(check: CheckView, asked: Asked): Promise<Said> {
  for (;;) {
    const typed = await asked.asker.ask('menu', checkMenu(check));
    if (typed === null || isLeaving(typed)) return { kind: 'left' };
    if (typed === 'h') return { kind: 'hint' };
    if (typed === 's') return { kind: 'skip' };
    if (typed === 'r') return askFor(check, false, asked);
    asked.io.err.write('  h, r, s or q is needed.\n');
  }
}

/** Null when nobody says. */
export async function askSure({ asker, io }: Asked): Promise<ReturnType<typeof sureOf> | 'left'> {
  while (asker.gives('sure')) {
    const typed = await asker.ask('sure', surePrompt(io.err.columns));
    if (typed === null || isLeaving(typed)) return 'left';
    const sure = sureOf(typed);
    if (sure !== null) return sure;
    if (!asker.person) throw unclearAnswer('sure', typed, 'It is guess, fairly or very.');
    io.err.write('  A number from 1 to 3 is needed.\n');
  }
  return null;
}

/** What cannot be run here can be skipped by a person. Throws the reason where nobody is there. */
export function tellWhyNot(reason: Problem, { asker, io }: Asked): null {
  if (!asker.person) throw reason;
  io.err.write(`${wrap(`${reason.what} Skip the step, or leave it open.`, io.err.columns, 0).join('\n')}\n`);
  return null;
}

export function isLeaving(typed: string): boolean {
  return typed.toLowerCase() === 'q';
}

/** The learner leaves; what was answered is kept. Exit status. */
export function leave({ stage }: Pick<At, 'stage'>, io: Io): number {
  io.err.write(`Your place is kept.\nnext   ./lab workshop ${stage}\n`);
  return 0;
}
