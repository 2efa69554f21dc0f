import { cleanText, parseForeign } from '../foreign/clean-text.ts';

/** One line of a host's log. */
export interface LogLine {
  readonly atMs: number;
  readonly host: string;
  readonly component: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  /** Trace it belongs to, where the program said so. */
  readonly trace: string | null;
  /** What else it says, by the names of libs/telemetry. */
  readonly fields: Readonly<Record<string, string | number>>;
  /** All the program wrote, as JSON. */
  readonly whole: string;
}

/** Fields of every line, which have places of their own. */
const OF_EVERY_LINE: ReadonlySet<string> = new Set(['time', 'level', 'host', 'component', 'msg', 'trace_id']);
/** More are not shown of a line that nobody of ours wrote. */
const MOST_FIELDS = 40;

/** Pino's numbers. */
const WARNING = 40;
const ERROR = 50;
/** The last moment a Date can tell. */
const LATEST_MS = 8.64e15;

/** Lines of a host's log, one JSON object each; a line that is none is left out. */
export function readLogLines(lines: readonly string[]): LogLine[] {
  return lines.flatMap((line) => {
    try {
      const said = parseForeign(line) as Record<string, unknown>;
      const text = String(said['msg'] ?? '');
      return [
        {
          atMs: timeOf(said['time']),
          host: String(said['host'] ?? ''),
          component: String(said['component'] ?? ''),
          level: levelOf(said['level'], text),
          text,
          trace: typeof said['trace_id'] === 'string' ? said['trace_id'] : null,
          fields: fieldsOf(said),
          whole: cleanText(line),
        },
      ];
    } catch {
      // A program was ended in the middle of a line.
      return [];
    }
  });
}

function fieldsOf(said: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const own = Object.entries(said).filter(
    (entry): entry is [string, string | number] =>
      !OF_EVERY_LINE.has(entry[0]) && (typeof entry[1] === 'string' || typeof entry[1] === 'number'),
  );
  return Object.fromEntries(own.slice(0, MOST_FIELDS));
}

/** What is no time is put first. */
function timeOf(time: unknown): number {
  return typeof time === 'number' && Math.abs(time) <= LATEST_MS ? time : 0;
}

function levelOf(level: unknown, text: string): LogLine['level'] {
  if (typeof level === 'number') return level >= ERROR ? 'error' : level >= WARNING ? 'warning' : 'info';
  return /error|fatal|panic/i.test(text) ? 'error' : 'info';
}
