import { createInterface } from 'node:readline/promises';
import { Problem } from '@loadstair/kit';
import type { Stream } from '@loadstair/terminal-view/io';

/** Where a learner's words come from. */
export interface Asker {
  /** A person sits there: what is unclear is asked again, and there are choices beside the answer. */
  readonly person: boolean;
  /** Whether there is an answer to be had under this key. */
  gives(key: string): boolean;
  /** What was typed, or null when the learner leaves. */
  ask(key: string, prompt: string): Promise<string | null>;
}

/** Asks in the terminal. Ctrl-C and Ctrl-D leave. */
export function terminalAsker(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Asker {
  return {
    person: true,
    gives: () => true,
    async ask(_key, prompt) {
      // One interface a question: while a run goes, Ctrl-C belongs to the run.
      const lines = createInterface({ input, output, terminal: true });
      const left = new AbortController();
      lines.once('close', () => left.abort());
      lines.once('SIGINT', () => lines.close());
      try {
        return (await lines.question(prompt, { signal: left.signal })).trim();
      } catch (error) {
        if (left.signal.aborted) return null;
        throw error;
      } finally {
        lines.close();
      }
    },
  };
}

/** Answers that were given on the command line; each is used once. Throws Problem when one has no value. */
export function scriptedAsker(given: readonly string[], lab: number, said: Stream): Asker {
  const answers = new Map(given.map((one) => pairOf(one, lab)));
  return {
    person: false,
    gives: (key) => answers.has(key),
    async ask(key, prompt) {
      const answer = answers.get(key) ?? null;
      answers.delete(key);
      if (answer !== null) said.write(`${prompt}${answer}\n`);
      return answer;
    },
  };
}

/** Somebody would have to be asked, and nobody is there. */
export function nobodyToAsk(lab: number, key: string, ask: string): Problem {
  return new Problem({
    what: `Lab ${lab} needs an answer to “${key}”, and there is no terminal to ask in.`,
    why: `${ask} (stdin is no terminal, or --no-input was given)`,
    do: `./lab workshop ${lab} --answer ${key}=…`,
    code: 'E_NO_INPUT',
    exit: 2,
  });
}

/** What was given beforehand cannot be asked again. */
export function unclearAnswer(key: string, typed: string, say: string): Problem {
  return new Problem({
    what: `“${typed}” is no answer to ${key}.`,
    why: say,
    do: `--answer ${key}=…`,
    code: 'E_LAB_ANSWER',
    exit: 2,
  });
}

function pairOf(text: string, lab: number): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new Problem({
    what: `--answer ${text} has no value.`,
    why: 'an answer is <question>=<what you say>',
    do: `./lab workshop ${lab} --answer load=20-40`,
    code: 'E_ANSWER',
    exit: 2,
  });
}
