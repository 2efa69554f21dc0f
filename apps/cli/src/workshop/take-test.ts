import { Problem } from '@loadstair/kit';
import type { TestDesk, TestView } from '@loadstair/labs';
import type { Io } from '@loadstair/terminal-view/io';
import { wrap } from '@loadstair/terminal-view/wrap';
import { askFor } from './ask.ts';
import type { Asker } from './asker.ts';

/**
 * Asks the ten questions: before the labs the first time, after them the second. Nothing is kept of a test that is left.
 *
 * @returns exit status
 */
export async function takeTest(
  desk: TestDesk,
  { learner, asker, io }: { readonly learner: string; readonly asker: Asker; readonly io: Io },
): Promise<number> {
  const view = desk.view(learner);
  if (view.moment === 'done') {
    showResult(view, io);
    return 0;
  }
  const when = view.moment === 'before' ? 'before the labs' : 'after the labs';
  io.err.write(
    `${wrap(`Ten questions, ${when}. “Not sure” is an answer. You see the right answers after the second time.`, io.err.columns, 0).join('\n')}\n`,
  );
  const answers: Record<string, string | null> = {};
  for (const [index, { key, ask, options }] of view.questions.entries()) {
    if (!asker.gives(key)) throw nobodyAnswers(key, ask);
    const said = await askFor({ key, ask: `${index + 1}. ${ask}`, form: { kind: 'choice', options } }, true, { asker, io });
    if (said.kind === 'left') {
      io.err.write('Nothing was kept of this test.\nnext   ./lab workshop --test\n');
      return 0;
    }
    answers[key] = said.kind === 'answer' && said.answer.kind === 'choice' ? said.answer.value : null;
  }
  const taken = desk.take(learner, answers);
  if (taken.result === null) io.err.write('Kept. Take the labs now, then the same test again.\nnext   ./lab workshop\n');
  else showResult(taken, io);
  return 0;
}

function nobodyAnswers(key: string, ask: string): Problem {
  return new Problem({
    what: `The test needs an answer to “${key}”, and there is no terminal to ask in.`,
    why: `${ask} (stdin is no terminal, or --no-input was given)`,
    do: `./lab workshop --test --answer ${key}=…`,
    code: 'E_NO_INPUT',
    exit: 2,
  });
}

function showResult({ result }: TestView, { out }: Io): void {
  if (result === null) return;
  const missed = result.missed.flatMap(({ ask, right, because }) => [
    ...wrap(`${out.marks.bad} ${ask}`, out.columns, 2),
    ...wrap(`  ${right}. ${because}`, out.columns, 2),
  ]);
  out.write(`${[...wrap(result.gain, out.columns, 0), ...missed].join('\n')}\n`);
}
