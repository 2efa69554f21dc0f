import { InvalidArgumentError, Option } from 'commander';
import { MAX_INSTANCE } from '@loadstair/lab-api/folders';
import type { Io } from '@loadstair/terminal-view/io';

/** What every command gets. */
export interface Context {
  readonly io: Io;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Sets the exit status; the process ends when nothing is left to do. */
  exit(status: number): void;
}

/** Parser of a number option. */
export function number(name: string, low: number, high: number, whole: boolean): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < low || value > high || (whole && !Number.isInteger(value))) {
      throw new InvalidArgumentError(`${name} is ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}.`);
    }
    return value;
  };
}

export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** Which lab a command is about: several go side by side on one machine. */
export function instanceOption(): Option {
  return new Option('--instance <n>', 'instance of the lab').argParser(number('instance', 1, MAX_INSTANCE, true)).default(1);
}

/** Of commands that start programs. */
export function yesOption(): Option {
  return new Option('--yes', 'install what is missing without asking').default(false);
}
