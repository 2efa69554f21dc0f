import { LEVELS, lineByLine, plainEntry } from '../log-format.ts';

/** `4711:M 30 Nov 2026 18:04:05.123 # Out Of Memory …`: process, role, time, level, message. */
const LINE =
  /^(?<pid>\d+):(?<role>[XCSM]) (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<clock>\d{2}:\d{2}:\d{2}\.\d{3}) (?<mark>[.*#-]) (?<text>.*)$/;
/**
 * What Redis before 7.2 marks as warnings of every start and end; and one about saving to disk, which nothing of the lab asks for.
 */
const AS_USUAL =
  /^(?:oO0OoO|Redis version=|Configuration loaded|Server initialized|Received SIG|User requested shutdown|Redis is now ready to exit|WARNING Memory overcommit)/;

/** Warnings, and what it says as it starts and ends. Its process is told to write times in UTC. */
export const redisLog = lineByLine(['pid', 'severity'], (text) => {
  const parts = LINE.exec(text)?.groups as
    Record<'pid' | 'role' | 'day' | 'month' | 'year' | 'clock' | 'mark' | 'text', string> | undefined;
  if (parts === undefined) return plainEntry(text);
  const warning = parts.mark === '#' && !AS_USUAL.test(parts.text);
  return {
    time: Date.parse(`${parts.day} ${parts.month} ${parts.year} ${parts.clock} UTC`),
    level: !warning ? LEVELS.info : /\b(?:error|fatal|out of memory|can't|crashed)\b/i.test(parts.text) ? LEVELS.error : LEVELS.warn,
    msg: parts.text,
    pid: Number(parts.pid),
    severity: SEVERITIES[parts.mark] as string,
  };
});

/** Its names of the marks. */
const SEVERITIES: Readonly<Record<string, string>> = { '.': 'debug', '-': 'verbose', '*': 'notice', '#': 'warning' };
