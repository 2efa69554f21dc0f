import { styleText } from 'node:util';
import { cleanText } from '@loadstair/runs/clean-text';

/** Where a command writes, and what that place can show. Progress goes to stderr, results to stdout. */
export interface Io {
  readonly out: Stream;
  readonly err: Stream;
  /** A person can answer questions. */
  readonly canAsk: boolean;
  readonly debug: boolean;
}

export interface Stream {
  write(text: string): void;
  readonly terminal: boolean;
  readonly columns: number;
  readonly paint: Paint;
  readonly marks: Marks;
}

/** 16-colour ANSI only, so that every theme stays legible (ux.md §7). */
export interface Paint {
  bold(text: string): string;
  limit(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
}

export interface Marks {
  readonly good: string;
  readonly limit: string;
  readonly bad: string;
  readonly refused: string;
  readonly none: string;
  readonly now: string;
  /** Parts of a progress bar: what is done, where it stands, what is left. */
  readonly bar: readonly [done: string, tip: string, left: string];
}

export interface IoSettings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly noColor: boolean;
  readonly noInput: boolean;
  readonly debug: boolean;
}

export function processIo(settings: IoSettings): Io {
  return {
    out: stream(process.stdout, settings),
    err: stream(process.stderr, settings),
    canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true && !settings.noInput,
    debug: settings.debug,
  };
}

/** What can be written to: a stream of this process. */
export type Target = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

/** What a stream can show, decided for it alone: stdout may be a file while stderr is a terminal. */
export function stream(target: Target, { environment, noColor }: Pick<IoSettings, 'environment' | 'noColor'>): Stream {
  const terminal = target.isTTY === true && environment['TERM'] !== 'dumb' && !isSet(environment['CI']);
  // What was typed wins over what was exported, and a wish for colour over a wish against it.
  const coloured = !noColor && (isSet(environment['FORCE_COLOR']) || (terminal && !isSet(environment['NO_COLOR'])));
  // POSIX: an empty variable counts as not set.
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || 'C.UTF-8';
  return {
    write: (text) => void target.write(withoutForeign(text, terminal, coloured)),
    terminal,
    columns: target.columns ?? 80,
    paint: coloured ? ANSI : PLAIN,
    marks: /utf-?8/i.test(locale) ? MARKS : ASCII_MARKS,
  };
}

/** What `paint` adds, and how a view takes its last lines away; whatever else steers a terminal came with text of others. */
const PAINTED = /(\u001b\[(?:1|2|22|31|32|33|39)m)/;
const REDRAW = /^\u001b\[\d{1,2}A\u001b\[J$/;

function withoutForeign(text: string, terminal: boolean, coloured: boolean): string {
  if (terminal && REDRAW.test(text)) return text;
  if (!coloured) return cleanText(text);
  return text
    .split(PAINTED)
    .map((part, index) => (index % 2 === 1 ? part : cleanText(part)))
    .join('');
}

/** Set to something that is not a plain no; an empty value counts as not set (no-color.org). */
function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value);
}

const MARKS: Marks = { good: '✓', limit: '▲', bad: '✗', refused: '×', none: '–', now: '▸', bar: ['━', '╸', '─'] };
const ASCII_MARKS: Marks = { good: '+', limit: '!', bad: 'x', refused: 'x', none: '-', now: '>', bar: ['#', '#', '.'] };

const wrap =
  (format: 'bold' | 'dim' | 'green' | 'red' | 'yellow') =>
  (text: string): string =>
    // Whether the stream takes colours was decided above.
    styleText(format, text, { validateStream: false });
const ANSI: Paint = { bold: wrap('bold'), limit: wrap('yellow'), good: wrap('green'), bad: wrap('red'), dim: wrap('dim') };
const same = (text: string): string => text;
const PLAIN: Paint = { bold: same, limit: same, good: same, bad: same, dim: same };

/** For tests and for rendering without a terminal. */
export const plainStream = (write: (text: string) => void, columns = 80): Stream => ({
  write,
  terminal: false,
  columns,
  paint: PLAIN,
  marks: MARKS,
});
