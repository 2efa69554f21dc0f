import { LEVELS, plainEntry, type LogEntry, type LogFormat, type LogReader } from '../log-format.ts';

/** First words of what the configuration logs: a fetch from the site that failed, and an answer to a client that is an error. */
const FETCH = 'fetch';
const REQUEST = 'request';

const TRACE = (request: 'req' | 'bereq'): string => `regsub(${request}.http.traceparent, "^[0-9a-f]+-([0-9a-f]+)-.*$", "\\1")`;
const PATH = (request: 'req' | 'bereq'): string => `regsub(${request}.url, "[?].*$", "")`;
/** Epoch seconds. */
const NOW = 'std.time2real(now, 0.0)';

/** Statements of VCL that log what failed; what may hold anything comes last. */
export const LOG_FETCH = `std.log("${FETCH} " + ${NOW} + " " + bereq.method + " " + ${PATH('bereq')} + " " + beresp.status + " " + ${TRACE('bereq')});`;
export const LOG_REQUEST = `std.log("${REQUEST} " + ${NOW} + " " + client.ip + " " + req.method + " " + ${PATH('req')} + " " + resp.status + " " + ${TRACE('req')});`;

/** What `varnishlog` shows of its shared memory, and how: one record a line, as they come. */
export const LOG_ARGUMENTS = ['-t', 'off', '-g', 'raw', '-i', 'VCL_Log,FetchError'] as const;

/** `     32770 VCL_Log        c request …`: transaction, tag, side, text. */
const RECORD = /^\s*(?<transaction>\d+)\s+(?<tag>\S+)\s+(?<side>[cb-]) (?<text>.*)$/;

/** Fetches from the site that failed, with why, and answers that were errors. */
export const varnishLog: LogFormat = {
  fields: ['trace_id', 'client', 'method', 'path', 'status', 'reason'],
  reader,
};

/** Why a fetch failed is a record of its own, before the one that the configuration logs of it. */
function reader(): LogReader {
  const reasons = new Map<string, string>();
  return {
    line(line) {
      const record = RECORD.exec(line)?.groups as Record<'transaction' | 'tag' | 'text', string> | undefined;
      // While it waits for the log it writes a dot.
      if (record === undefined) return /^\.*$/.test(line) ? [] : [plainEntry(line)];
      const { transaction, tag, text } = record;
      if (tag === 'FetchError') {
        // A second one of a transaction says what came of the first.
        if (!reasons.has(transaction)) reasons.set(transaction, text);
        return [];
      }
      const reason = reasons.get(transaction);
      reasons.delete(transaction);
      return [entryOf(text, reason)];
    },
    flush() {
      const left = [...reasons.values()].map((reason): LogEntry => ({
        level: LEVELS.error,
        msg: `a fetch from the site failed: ${reason}`,
        reason,
      }));
      reasons.clear();
      return left;
    },
  };
}

function entryOf(text: string, reason: string | undefined): LogEntry {
  const [word, time = '', ...cells] = text.split(' ');
  if (word !== FETCH && word !== REQUEST) return plainEntry(text);
  const [client, method = '', path = '', status = '', trace = ''] = word === FETCH ? [undefined, ...cells] : cells;
  const asked = `${method} ${path}`;
  return {
    time: Math.round(Number(time) * 1000),
    level: word === FETCH || Number(status) >= 500 ? LEVELS.error : LEVELS.warn,
    msg:
      word === FETCH
        ? `${asked} could not be fetched from the site${reason === undefined ? '' : `: ${reason}`}`
        : `${asked} answered ${status}`,
    ...(/^[0-9a-f]{32}$/.test(trace) ? { trace_id: trace } : {}),
    ...(client === undefined ? {} : { client }),
    method,
    path,
    status: Number(status),
    ...(reason === undefined ? {} : { reason }),
  };
}
