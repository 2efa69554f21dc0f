import { createInterface } from 'node:readline';
import type { StartedProcess } from '@loadstair/kit/node';
import type { LogEntry, LogFormat } from '../log-format.ts';

/** Entries of what a started program writes, as they come; its output must be a pipe. */
export function entriesOf(program: StartedProcess, format: LogFormat): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  for (const stream of [program.stdout, program.stderr]) {
    if (stream === null) continue;
    const reader = format.reader();
    const lines = createInterface({ input: stream });
    lines.on('line', (line) => {
      entries.push(...reader.line(line));
      setImmediate(() => entries.push(...reader.flush()));
    });
  }
  return entries;
}

/** Entries of lines that were recorded. */
export function entriesIn(text: string, format: LogFormat): readonly LogEntry[] {
  const reader = format.reader();
  return [
    ...text
      .trim()
      .split('\n')
      .flatMap((line) => reader.line(line)),
    ...reader.flush(),
  ];
}
