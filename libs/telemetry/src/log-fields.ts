/** Fields of log lines, of whichever program: the first five are in every line, the others where they are known. */
export const LOG_FIELDS = {
  time: 'epoch ms',
  level: 'pino level: 30 info, 40 warn, 50 error',
  host: 'host of the lab; `clients` are those of the load',
  component: 'server program on that host',
  msg: 'what happened',
  trace_id: 'W3C trace id of the request: in every line inside a sampled request, and in every line of a request that failed',
  span_id: 'OpenTelemetry span; only inside a sampled request',
  pid: 'process of the program',
  client: 'address of the client',
  user: 'user of the database connection',
  method: 'HTTP method',
  path: 'path of the request',
  request: 'name of the request in its journey',
  step: 'step of the load, 0 is the warm-up',
  status: 'HTTP status of the answer',
  served_by: 'host whose answer it was, as the answer says',
  reason: 'why it failed, in a word or in the program’s own words',
  error_code: 'k6’s error code',
  duration_ms: 'time from the request to its end',
  queue_ms: 'time it waited for a place at a server; -1 where it never got one',
  connect_ms: 'time to connect to the server; -1 where it never was',
  answer_ms: 'time from the connection to the head of the answer; -1 where none came',
  retries: 'further attempts to connect',
  termination: 'HAProxy’s termination state: which side ended the session, and in which phase',
  backend: 'group of servers',
  server: 'place in that group',
  server_address: 'address of the server',
  state: 'state a server is in now: UP, DOWN or MAINT',
  severity: 'the program’s own word for the level',
  sqlstate: 'PostgreSQL’s error code',
  statement: 'SQL that failed',
  detail: 'further lines of the message',
  err: 'error with its stack, of a program of the lab',
} as const;

export type LogField = keyof typeof LOG_FIELDS;
type Text = 'host' | 'component' | 'msg';

/** One log line as an object. */
export type LogLineFields = Readonly<
  Record<'time' | 'level', number> & Record<Text, string> & Partial<Record<Exclude<LogField, 'time' | 'level' | Text>, string | number>>
>;

export const SPAN_ATTRIBUTES = {
  'host.name': 'host of the lab',
  'service.name': 'component',
  'http.route': 'route template of a request',
} as const;
