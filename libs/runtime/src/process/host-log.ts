import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { LogEntry, LogFormat } from '@loadstair/components/declarations';

/** One file a host, JSON lines with the fields of libs/telemetry: one reader reads what all programs write. */
export interface HostLog {
  readonly file: string;
  /** Lines that could not be written. */
  readonly lost: number;
  /**
   * Writes down what a program says until its stream ends.
   *
   * @param format of what it writes; JSON is kept as it comes, and other lines without a format become the message of an entry
   */
  follow(component: string, stream: Readable, format?: LogFormat): void;
  write(component: string, message: string): void;
  close(): Promise<void>;
}

/**
 * Lines that the disk refuses are lost, and counted: they must not end the lab, which has hosts to stop. The last line says how many, if
 * there is room again.
 */
export function openHostLog(file: string, host: string): HostLog {
  const out: WriteStream = createWriteStream(file, { flags: 'a' });
  let lost = 0;
  out.on('error', () => (lost += 1));
  const put = (line: string): void => {
    if (out.destroyed) lost += 1;
    else if (!out.writableEnded) out.write(`${line}\n`);
  };
  const write = (component: string, message: string): void => put(JSON.stringify({ time: Date.now(), host, component, msg: message }));
  return {
    file,
    get lost() {
      return lost;
    },
    write,
    follow(component, stream, format) {
      const lines = createInterface({ input: stream });
      if (format === undefined) {
        lines.on('line', (line) => (line.startsWith('{') ? put(line) : write(component, line)));
        return;
      }
      const reader = format.reader();
      const putAll = (entries: readonly LogEntry[]): void => {
        for (const { level, time = Date.now(), ...entry } of entries) put(JSON.stringify({ level, time, host, component, ...entry }));
      };
      let held: NodeJS.Immediate | null = null;
      const flush = (): void => {
        held = null;
        putAll(reader.flush());
      };
      lines.on('line', (line) => {
        putAll(reader.line(line));
        // Lines that a program wrote at once come at once: what is held back after them waits for nothing more.
        held ??= setImmediate(flush);
      });
      lines.on('close', flush);
    },
    async close() {
      if (out.writableEnded || out.destroyed) return;
      out.end();
      await finished(out).catch(() => {
        // Counted by the listener above.
      });
    },
  };
}
