import { LEVELS, lineByLine, plainEntry, type LogEntry } from '../log-format.ts';

/** First word of the lines that tell of a request. */
const REQUEST = 'request';
/** The variable that keeps a request's trace id until its line is written. */
export const TRACE_VARIABLE = 'txn.trace';

/**
 * What is logged of a request (HAProxy's configuration manual, "Custom log format"): epoch ms, client, method, path, status, termination
 * state, backend, server and its address, retries, four times in ms, trace id.
 */
export const REQUEST_FORMAT = [
  REQUEST,
  '%Ts%ms',
  '%ci',
  '%HM',
  '%HP',
  '%ST',
  '%ts',
  '%b',
  '%s',
  '%si',
  '%rc',
  '%Tw',
  '%Tc',
  '%Tr',
  '%Ta',
  `%[var(${TRACE_VARIABLE})]`,
].join(' ');

/** Who ended a request too early, and when (the manual, "Session state at disconnection"). */
const ENDED_BY: Readonly<Record<string, string>> = {
  C: 'the client went away',
  S: 'the server refused it or broke off',
  P: 'the balancer refused it',
  L: 'the balancer answered by itself',
  R: 'the balancer lacked a resource',
  I: 'the balancer failed',
  D: 'its server was taken out of service',
  U: 'it went to a backup server',
  K: 'an operator ended it',
  c: 'the client said nothing for too long',
  s: 'the server said nothing for too long',
};
const ENDED_WHILE: Readonly<Record<string, string>> = {
  R: 'while the request was read',
  Q: 'while it waited for a place at a server',
  C: 'while a connection to the server was made',
  H: 'before the answer began',
  D: 'while the answer was sent',
  L: 'while the last of the answer was sent',
  T: 'while the client was held up',
};
/** No server was there to be asked. */
const NO_SERVER = '<NOSRV>';

/** Severities of syslog up to an error, and the one of a warning. */
const ERROR = 3;
const WARNING = 4;

/** `<5>Server servers/s1 is DOWN, reason: …`: what its logger writes. */
const LOGGED = /^<(\d)>(.*)$/;
/** `[WARNING]  (4711) : …`, before 2.5 with a date: what it writes for who started it. */
const SAID = /^\[(NOTICE|WARNING|ALERT|EMERG)\]\s+(?:\S+\s+)?\((\d+)\) : (.*)$/;
const STATE =
  /^(?:Backup )?[Ss]erver (?<backend>[^/\s]+)\/(?<server>\S+) is (?:going )?(?<state>UP|DOWN|STOPPING|maint)\b(?:[^,]*, reason: (?<reason>[^,]+))?/i;
const NO_SERVER_LEFT = /^(?:proxy|backend) '?(?<backend>[^\s']+)'? has no server available/;

/** Requests that failed or needed a second try, servers that went out of service and came back. */
export const haproxyLog = lineByLine(
  [
    'trace_id',
    'pid',
    'client',
    'method',
    'path',
    'status',
    'reason',
    'duration_ms',
    'queue_ms',
    'connect_ms',
    'answer_ms',
    'retries',
    'termination',
    'backend',
    'server',
    'server_address',
    'state',
    'severity',
  ],
  (text) => {
    const logged = LOGGED.exec(text);
    if (logged !== null) {
      const [, severity = '', message = ''] = logged;
      return requestEntry(message) ?? stateEntry(message, levelOf(Number(severity)));
    }
    const said = SAID.exec(text);
    if (said === null) return plainEntry(text);
    const [, word = '', pid = '', message = ''] = said;
    // Its logger tells of servers as well.
    if (STATE.test(message) || NO_SERVER_LEFT.test(message)) return null;
    const level = word === 'NOTICE' ? LEVELS.info : word === 'WARNING' ? LEVELS.warn : LEVELS.error;
    return { level, msg: message, severity: word, pid: Number(pid) };
  },
);

function levelOf(severity: number): number {
  return severity <= ERROR ? LEVELS.error : severity === WARNING ? LEVELS.warn : LEVELS.info;
}

/** A server's new state; anything else that the logger says is passed on. */
function stateEntry(text: string, level: number): LogEntry {
  const none = NO_SERVER_LEFT.exec(text)?.groups;
  if (none !== undefined) return { level: LEVELS.error, msg: text, backend: none['backend'] };
  const found = STATE.exec(text)?.groups;
  if (found === undefined) return { level, msg: text };
  const { backend, server, state, reason } = found as Record<'backend' | 'server' | 'state', string> & { reason?: string };
  const maintained = /maint/i.test(text);
  return {
    level: state.toUpperCase() === 'DOWN' && !maintained ? LEVELS.warn : LEVELS.info,
    msg: text,
    backend,
    server,
    state: maintained && state.toUpperCase() !== 'UP' ? 'MAINT' : state.toUpperCase(),
    ...(reason === undefined ? {} : { reason }),
  };
}

function requestEntry(text: string): LogEntry | null {
  const [word, ...cells] = text.split(' ');
  // The trace id comes last: a client may say anything there, and who says nothing has none.
  if (word !== REQUEST || cells.length < 15) return null;
  const [time, client, method, path, status, ended, backend, server, address, retries, queue, connect, answer, all, trace] = cells as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const [by = '-', during = '-'] = ended;
  const why = [ENDED_BY[by], ENDED_WHILE[during]].filter((one) => one !== undefined).join(' ');
  const reason = server === NO_SERVER && Number(status) === 503 ? 'no server was in service' : why === '' ? null : why;
  const answered = Number(status) > 0 ? `answered ${status}` : 'not answered';
  const tries = Number(retries.replace('+', ''));
  const failed = Number(status) >= 500 || Number(status) < 100 || ended !== '--';
  return {
    time: Number(time),
    level: failed && by !== 'C' ? LEVELS.error : LEVELS.warn,
    msg: `${method} ${path} ${answered}${reason === null ? (failed ? ' by the server' : ' after another try') : `: ${reason}`}`,
    ...(/^[0-9a-f]{32}$/.test(trace) ? { trace_id: trace } : {}),
    client,
    method,
    path,
    status: Number(status),
    termination: ended,
    ...(reason === null ? {} : { reason }),
    backend,
    ...(server === NO_SERVER ? {} : { server, server_address: address }),
    retries: tries,
    duration_ms: Number(all),
    queue_ms: Number(queue),
    connect_ms: Number(connect),
    answer_ms: Number(answer),
  };
}
