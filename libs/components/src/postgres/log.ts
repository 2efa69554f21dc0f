import { LEVELS, plainEntry, type LogEntry, type LogFormat, type LogReader } from '../log-format.ts';

/** Before each message: epoch seconds with ms, process, SQLSTATE, client and user, which programs of its own have not. */
export const LINE_PREFIX = '%n [%p] %e <%h> <%u> ';

const MESSAGE =
  /^(?<time>\d+\.\d{3}) \[(?<pid>\d+)\] (?<sqlstate>[0-9A-Z]{5}) <(?<client>[^>]*)> <(?<user>[^>]*)> (?<severity>[A-Z0-9]+): {1,2}(?<text>.*)$/;
/** What follows a message of its process and belongs to it. */
const FOLLOWS: Readonly<Record<string, 'detail' | 'statement'>> = {
  DETAIL: 'detail',
  HINT: 'detail',
  CONTEXT: 'detail',
  QUERY: 'detail',
  STATEMENT: 'statement',
};
/** SQLSTATE of a message that is no error. */
const SUCCESS = '00000';
/** Further lines of a message begin so. */
const FURTHER = '\t';

type Held = { -readonly [Field in keyof LogEntry]: LogEntry[Field] };

/** Errors with their SQLSTATE, and the statement that failed. */
export const postgresLog: LogFormat = {
  fields: ['pid', 'client', 'user', 'severity', 'sqlstate', 'statement', 'detail'],
  reader,
};

/**
 * A message, its details and its statement are lines of their own, and a line feed in one of them begins another: an entry is whole when
 * something else comes, or nothing for now.
 */
function reader(): LogReader {
  let held: Held | null = null;
  /** The field that a further line goes on with. */
  let goesOn: 'msg' | 'detail' | 'statement' = 'msg';
  const release = (): LogEntry[] => {
    const entries = held === null ? [] : [held];
    held = null;
    return entries;
  };
  return {
    line(text) {
      if (held !== null && text.startsWith(FURTHER)) {
        held[goesOn] = `${held[goesOn] ?? ''}\n${text.slice(FURTHER.length)}`;
        return [];
      }
      const parts = MESSAGE.exec(text)?.groups as
        Record<'time' | 'pid' | 'sqlstate' | 'client' | 'user' | 'severity' | 'text', string> | undefined;
      if (parts === undefined) return [...release(), plainEntry(text)];
      const pid = Number(parts.pid);
      const follows = FOLLOWS[parts.severity];
      if (held !== null && follows !== undefined && held.pid === pid) {
        goesOn = follows;
        held[follows] = held[follows] === undefined ? parts.text : `${held[follows]}\n${parts.text}`;
        return [];
      }
      const before = release();
      goesOn = 'msg';
      held = {
        time: Math.round(Number(parts.time) * 1000),
        level: levelOf(parts.severity),
        msg: parts.text,
        pid,
        severity: parts.severity,
        ...(parts.sqlstate === SUCCESS ? {} : { sqlstate: parts.sqlstate }),
        ...(parts.client === '' ? {} : { client: parts.client }),
        ...(parts.user === '' ? {} : { user: parts.user }),
      };
      return before;
    },
    flush: release,
  };
}

function levelOf(severity: string): number {
  if (['ERROR', 'FATAL', 'PANIC'].includes(severity)) return LEVELS.error;
  return severity === 'WARNING' ? LEVELS.warn : LEVELS.info;
}
