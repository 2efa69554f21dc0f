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
  readonly now: string;
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

function stream(target: NodeJS.WriteStream, { environment, noColor }: IoSettings): Stream {
  const terminal = target.isTTY === true && environment['TERM'] !== 'dumb' && environment['CI'] === undefined;
  const coloured = environment['FORCE_COLOR'] !== undefined ? true : terminal && !noColor && environment['NO_COLOR'] === undefined;
  const locale = environment['LC_ALL'] ?? environment['LC_CTYPE'] ?? environment['LANG'] ?? 'C.UTF-8';
  return {
    write: (text) => void target.write(text),
    terminal,
    columns: target.columns ?? 80,
    paint: coloured ? ANSI : PLAIN,
    marks: /utf-?8/i.test(locale)
      ? { good: '✓', limit: '▲', bad: '✗', refused: '×', now: '▸' }
      : { good: '+', limit: '!', bad: 'x', refused: 'x', now: '>' },
  };
}

const wrap =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;
const ANSI: Paint = { bold: wrap(1), limit: wrap(33), good: wrap(32), bad: wrap(31), dim: wrap(2) };
const same = (text: string): string => text;
const PLAIN: Paint = { bold: same, limit: same, good: same, bad: same, dim: same };

/** For tests and for rendering without a terminal. */
export const plainStream = (write: (text: string) => void, columns = 80): Stream => ({
  write,
  terminal: false,
  columns,
  paint: PLAIN,
  marks: { good: '✓', limit: '▲', bad: '✗', refused: '×', now: '▸' },
});
