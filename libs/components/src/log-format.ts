import type { LogField, LogLineFields } from '@loadstair/telemetry';

/** What a program said, in the fields that all logs of the lab have; where it stands and of which host it is, its log knows. */
export type LogEntry = Omit<LogLineFields, 'time' | 'host' | 'component'> & {
  /** Epoch ms; absent where the program does not say when. */
  readonly time?: number;
};

/** How a program writes its log: its lines become fields once, as they come. */
export interface LogFormat {
  /** Fields of its own, beyond those of every line. */
  readonly fields: readonly LogField[];
  /** Begins to read what one process writes. */
  readonly reader: () => LogReader;
}

export interface LogReader {
  /** Takes the next line. @returns entries that are whole with it, in order */
  line(text: string): readonly LogEntry[];
  /** Nothing more has come for now. @returns what was held back */
  flush(): readonly LogEntry[];
}

/** Pino's numbers, which all logs use. */
export const LEVELS = { info: 30, warn: 40, error: 50 } as const;

/**
 * A format whose every line is one entry.
 *
 * @param entryOf null for a line that another one repeats
 */
export function lineByLine(fields: readonly LogField[], entryOf: (text: string) => LogEntry | null): LogFormat {
  return {
    fields,
    reader: () => ({
      line(text) {
        const entry = entryOf(text);
        return entry === null ? [] : [entry];
      },
      flush: () => [],
    }),
  };
}

/** A line that is of no form that is known: as it is. */
export function plainEntry(text: string): LogEntry {
  return { level: /\b(?:error|fatal|panic)\b/i.test(text) ? LEVELS.error : LEVELS.info, msg: text };
}
