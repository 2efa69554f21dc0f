import { Option } from 'commander';
import { Problem } from '@loadstair/kit';
import { MAX_INSTANCE } from '@loadstair/lab-api/folders';
import type { Io } from '@loadstair/terminal-view/io';

/** What every command gets. */
export interface Context {
  readonly io: Io;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Sets the exit status; the process ends when nothing is left to do. */
  exit(status: number): void;
}

/** What was typed is no number, or none that is allowed. Exit status 2. */
export class BadNumber extends Problem {
  constructor(name: string, text: string, { low, high, whole, advice }: NumberRange & { readonly advice: string }) {
    super({
      what: `${name} is ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}.`,
      why: text.trim() === '' ? 'nothing was given' : `${text} was given`,
      do: advice,
      code: 'E_NUMBER',
      exit: 2,
    });
  }
}

interface NumberRange {
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

/**
 * Parser of a number. It throws BadNumber.
 *
 * @param advice what to type instead; the nearest number that is allowed, as an option, where nothing is given
 */
export function number(name: string, low: number, high: number, whole: boolean, advice?: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isNumber = text.trim() !== '' && Number.isFinite(value);
    if (isNumber && value >= low && value <= high && (!whole || Number.isInteger(value))) return value;
    const nearest = isNumber ? Math.min(high, Math.max(low, Math.round(value))) : low;
    throw new BadNumber(name, text, { low, high, whole, advice: advice ?? `--${name} ${nearest}` });
  };
}

export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** Which lab a command is about: several go side by side on one machine. */
export function instanceOption(): Option {
  return new Option('--instance <n>', 'instance of the lab, if several run here')
    .argParser(number('instance', 1, MAX_INSTANCE, true))
    .default(1);
}

/** Of commands that start programs. */
export function yesOption(): Option {
  return new Option('--yes', 'install what is missing without asking').default(false);
}
