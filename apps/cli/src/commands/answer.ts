import { Option } from 'commander';
import type { Io } from '@loadstair/terminal-view/io';

/** Of what `--json` prints. A field is added without a new number; one that goes, or means something else, needs one. */
const SCHEMA = 1;

/** Every command that lists or changes something has it. */
export function jsonOption(): Option {
  return new Option('--json', 'print one line of JSON at the end').default(false);
}

/** An answer as one line of JSON, the last on stdout. */
export function writeJson({ out }: Pick<Io, 'out'>, value: object): void {
  out.write(`${JSON.stringify({ schema: SCHEMA, ...value })}\n`);
}

/** An answer: with `--json` as JSON, else as lines for people. */
export function answer(io: Pick<Io, 'out'>, json: boolean, value: object, lines: () => readonly string[]): void {
  if (json) writeJson(io, value);
  else
    io.out.write(
      lines()
        .map((line) => `${line}\n`)
        .join(''),
    );
}
