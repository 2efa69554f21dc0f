import type { LabTaker, Mark } from './lab-taker.ts';
import { countRepeat, MOST_REPEATS } from './repeated.ts';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

const QUESTION_MS = 15_000;

/** Types a line where a question waits for one. */
export async function answer(terminal: Terminal, question: RegExp, typed: string): Promise<void> {
  await terminal.until(question, QUESTION_MS);
  await terminal.until(/ > $/, QUESTION_MS);
  terminal.type(typed);
}

/**
 * Waits for the run that was locked; one that was refused is run again.
 *
 * @param again what runs it again: the question, and what is typed
 */
export async function judgedIn(
  terminal: Terminal,
  withinMs: number,
  again: readonly [RegExp, string] = [/Run, \d:\d\d\?/, ''],
): Promise<{ readonly run: string; readonly shown: string }> {
  for (let repeats = 0; ; repeats += 1) {
    const shown = await terminal.until(/\n {2}\.\/lab show \w{4}|cannot be judged/, withinMs);
    const run = /\.\/lab show (\w{4})$/.exec(shown)?.[1];
    if (run !== undefined) return { run, shown: words(shown) };
    if (repeats === MOST_REPEATS) throw new Error(`Refused ${1 + MOST_REPEATS} times:\n${shown.slice(-2000)}`);
    countRepeat(words(shown.slice(-400)));
    await answer(terminal, ...again);
  }
}

/** Somebody before a terminal in which `./lab workshop` has begun. */
export function terminalTaker(terminal: Terminal, runMs: number): LabTaker {
  let again = false;
  return {
    async predict(step, said) {
      for (const { key, ask } of step.predict) await answer(terminal, asPattern(ask), said[key] ?? '?');
      await answer(terminal, /Why\?/, 'a guess');
      await answer(terminal, /Sure\?/, 'guess');
      await terminal.until(/Locked, [0-9a-f]{12}\./, QUESTION_MS);
      return judgedIn(terminal, runMs);
    },
    async change(_step, set) {
      const asked = /Your change/;
      await answer(terminal, asked, set);
      return judgedIn(terminal, runMs, [asked, set]);
    },
    skip: ({ predict }) => answer(terminal, predict[0] === undefined ? /Your change/ : asPattern(predict[0].ask), 's'),
    async check({ ask }, said) {
      if (again) await answer(terminal, /h: (?:hint \d|the last hint)/, 'r');
      await answer(terminal, asPattern(ask), said);
      const mark = (await terminal.until(/^[✓✗×] /m, QUESTION_MS)).trim().at(-1);
      again = mark === '✗';
      return mark === '×' ? '?' : (mark as Mark);
    },
    async hint(_asked, run) {
      await answer(terminal, /h: hint 1 of 3/, 'h');
      await terminal.until(run === null ? /hint 1 of 3 {2}Look at/ : new RegExp(`/runs/${run}(?:\\?step=\\d+)?#[a-z-]+`), QUESTION_MS);
    },
    reflect: (step, text) => answer(terminal, asPattern(step.reflect ?? ''), text),
    async passed() {
      again = false;
    },
  };
}

/** However its words are broken into lines. */
function asPattern(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+'));
}
