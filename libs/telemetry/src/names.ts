/** Every metric of the lab, declared once: services import it, the documentation is generated from it, a test compares it with what is served. */

export type MetricType = 'counter' | 'gauge' | 'histogram';
/** Who serves it: the site on its private address, or labd. */
export type Server = 'site' | 'lab';

export interface MetricDeclaration {
  readonly name: string;
  readonly type: MetricType;
  /** Base unit; '1' is a number of things or a ratio. */
  readonly unit: 'seconds' | 'bytes' | '1' | 'dollars';
  readonly labels: readonly string[];
  readonly help: string;
  readonly server: Server;
}

const HOST = ['host', 'tier', 'datacentre'] as const;

const by =
  (server: Server) =>
  (name: string, type: MetricType, unit: MetricDeclaration['unit'], labels: readonly string[], help: string): MetricDeclaration => ({
    name,
    server,
    type,
    unit,
    labels,
    help,
  });
const site = by('site');
const lab = by('lab');

/**
 * Names of host metrics are cAdvisor's (https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md), those of a cache
 * host the Redis exporter's (https://github.com/oliver006/redis_exporter).
 */
export const METRICS = {
  httpDuration: site(
    'http_server_request_duration_seconds',
    'histogram',
    'seconds',
    ['http_request_method', 'http_route', 'http_response_status_code'],
    'Time to answer a request, on the server',
  ),
  httpActive: site('http_server_active_requests', 'gauge', '1', [], 'Requests being answered now'),
  poolMax: site('db_client_connection_max', 'gauge', '1', [], 'Database connections this process may open'),
  poolUsed: site('db_client_connection_in_use', 'gauge', '1', [], 'Database connections in use now'),
  poolPending: site('db_client_connection_pending_requests', 'gauge', '1', [], 'Requests waiting for a database connection now'),
  poolWait: site('db_client_connection_wait_seconds_total', 'counter', 'seconds', [], 'Time waited for database connections'),
  poolHold: site('db_client_connection_use_seconds_total', 'counter', 'seconds', [], 'Time database connections were held'),
  poolAcquisitions: site('db_client_connection_acquisitions_total', 'counter', '1', [], 'Database connections taken from the pool'),
  loopActive: site(
    'nodejs_eventloop_active_seconds_total',
    'counter',
    'seconds',
    [],
    'Time the event loop was active; throttled time counts as active',
  ),
  loopIdle: site('nodejs_eventloop_idle_seconds_total', 'counter', 'seconds', [], 'Time the event loop waited for work'),
  gc: site('nodejs_gc_seconds_total', 'counter', 'seconds', [], 'Time spent collecting garbage'),
  signUps: site('business_sign_ups_total', 'counter', '1', [], 'Users that signed up'),
  photos: site('business_photos_total', 'counter', '1', [], 'Photos uploaded'),
  likes: site('business_likes_total', 'counter', '1', [], 'Likes given'),
  comments: site('business_comments_total', 'counter', '1', [], 'Comments written'),
  orders: site('business_orders_total', 'counter', '1', [], 'Orders placed'),
  revenue: site('business_revenue_dollars_total', 'counter', 'dollars', [], 'Price of all orders'),
  dailyActive: site('business_daily_active_users', 'gauge', '1', [], 'Users active in the current lab day'),
  retention: site(
    'business_retention_ratio',
    'gauge',
    '1',
    [],
    'Share of the users active the lab day before who are active in the current one',
  ),

  cpu: lab('container_cpu_usage_seconds_total', 'counter', 'seconds', HOST, 'CPU time a host used'),
  componentCpu: lab(
    'lab_component_cpu_seconds_total',
    'counter',
    'seconds',
    [...HOST, 'component'],
    'CPU time one component of a host used',
  ),
  periods: lab('container_cpu_cfs_periods_total', 'counter', '1', HOST, 'Quota periods in which the host ran'),
  throttledPeriods: lab('container_cpu_cfs_throttled_periods_total', 'counter', '1', HOST, 'Quota periods in which the host was stopped'),
  throttled: lab('container_cpu_cfs_throttled_seconds_total', 'counter', 'seconds', HOST, 'Time the host was stopped, summed over CPUs'),
  quota: lab('container_spec_cpu_quota', 'gauge', '1', HOST, 'CPU time a host may use in a period, µs; absent while lifted'),
  period: lab('container_spec_cpu_period', 'gauge', '1', HOST, 'Length of a quota period, µs'),
  memory: lab('container_memory_working_set_bytes', 'gauge', 'bytes', HOST, 'Memory a host cannot give back easily'),
  memoryLimit: lab('container_spec_memory_limit_bytes', 'gauge', 'bytes', HOST, 'Memory a host may use'),
  memoryFailures: lab('container_memory_failures_total', 'counter', '1', HOST, 'Times a host ran into its memory limit'),
  reads: lab('container_fs_reads_bytes_total', 'counter', 'bytes', HOST, 'Bytes a host read from disk'),
  writes: lab('container_fs_writes_bytes_total', 'counter', 'bytes', HOST, 'Bytes a host wrote to disk'),
  psiCpu: lab('container_pressure_cpu_waiting_seconds_total', 'counter', 'seconds', HOST, 'Time some task of the host waited for CPU'),
  psiIo: lab('container_pressure_io_stalled_seconds_total', 'counter', 'seconds', HOST, 'Time all tasks of the host waited for disk'),
  psiMemory: lab(
    'container_pressure_memory_stalled_seconds_total',
    'counter',
    'seconds',
    HOST,
    'Time all tasks of the host waited for memory',
  ),
  hostUp: lab('lab_host_up', 'gauge', '1', HOST, '1 while the host serves, else 0'),
  inUse: lab(
    'lab_resource_in_use',
    'gauge',
    '1',
    [...HOST, 'component', 'resource'],
    'Places of a soft limit in use: pool connections, proxy slots, active sessions',
  ),
  limit: lab('lab_resource_limit', 'gauge', '1', [...HOST, 'component', 'resource'], 'Places a soft limit has'),
  waiting: lab('lab_resource_waiting', 'gauge', '1', [...HOST, 'component', 'resource'], 'Requests waiting for a place of a soft limit'),
  given: lab(
    'lab_given_total',
    'counter',
    '1',
    [...HOST, 'by'],
    'Requests a balancer, and reads a web server, gave a host of those it spreads them over',
  ),
  databaseWork: lab(
    'lab_database_work_total',
    'counter',
    '1',
    [...HOST, 'by', 'kind'],
    'Pieces of work a web server gave a database host: `read` changes nothing, `write` does; one holds one connection, whatever number of queries it makes',
  ),
  inService: lab(
    'lab_server_in_service',
    'gauge',
    '1',
    [...HOST, 'by'],
    '1 while a balancer sends the host requests, 0 while it has it out of service because its health checks failed',
  ),
  takenOut: lab(
    'lab_server_taken_out_total',
    'counter',
    '1',
    [...HOST, 'by'],
    'How often a balancer took the host out of service because its health checks failed',
  ),
  edgeRequests: lab(
    'lab_edge_requests_total',
    'counter',
    '1',
    [...HOST, 'region', 'result'],
    'Requests for files an edge was asked for: `hit` when it had the file, `miss` when it fetched it',
  ),
  edgeBytes: lab('lab_edge_bytes_out_total', 'counter', 'bytes', [...HOST, 'region'], 'Bytes an edge sent to clients'),
  edgeStored: lab('lab_edge_stored_bytes', 'gauge', 'bytes', [...HOST, 'region'], 'Bytes of files an edge keeps'),
  edgeEvicted: lab(
    'lab_edge_evicted_total',
    'counter',
    '1',
    [...HOST, 'region'],
    'Files an edge threw out before their time for want of room',
  ),
  edgeFailures: lab('lab_edge_fetch_failures_total', 'counter', '1', [...HOST, 'region'], 'Fetches of an edge from the site that failed'),
  originBytes: lab('lab_origin_bytes_out_total', 'counter', 'bytes', HOST, 'Bytes the balancer sent, to clients and to edges'),
  behindBytes: lab('lab_replication_behind_bytes', 'gauge', 'bytes', HOST, 'Bytes the primary has written and a replica has not replayed'),
  behindSeconds: lab(
    'lab_replication_behind_seconds',
    'gauge',
    'seconds',
    HOST,
    'Age of the last change a replica has replayed while it has more to replay, else 0',
  ),
  cacheLookups: lab(
    'lab_cache_lookups_total',
    'counter',
    '1',
    [...HOST, 'by', 'outcome'],
    'Entries a web server asked a cache host for: hit, miss (never there as far as it knows), again (a miss of what was there before), failed',
  ),
  cacheMissSeconds: lab(
    'lab_cache_miss_seconds_total',
    'counter',
    'seconds',
    [...HOST, 'by'],
    'Time a web server took to read from the database what a cache host did not have',
  ),
  cacheUsed: lab('redis_memory_used_bytes', 'gauge', 'bytes', HOST, 'Memory Redis uses, its own included'),
  cacheMost: lab('redis_memory_max_bytes', 'gauge', 'bytes', HOST, 'Memory Redis may use before it evicts'),
  cacheEntries: lab('redis_db_keys', 'gauge', '1', HOST, 'Entries a cache host keeps'),
  cacheEvicted: lab('redis_evicted_keys_total', 'counter', '1', HOST, 'Entries that went for want of memory'),
  cacheExpired: lab('redis_expired_keys_total', 'counter', '1', HOST, 'Entries that went at their end'),
  cacheCommands: lab('redis_commands_processed_total', 'counter', '1', HOST, 'Commands a cache host answered'),
  machineIdle: lab('lab_machine_idle_seconds_total', 'counter', 'seconds', [], 'CPU time nobody but the idle-priority burners used'),
  machineSteal: lab('lab_machine_steal_seconds_total', 'counter', 'seconds', [], 'CPU time other guests of the physical machine took'),
  observer: lab(
    'lab_part_cpu_seconds_total',
    'counter',
    'seconds',
    ['part'],
    'CPU time of the lab itself: clients, prometheus, labd, burners, proxies',
  ),
  run: lab('lab_run_info', 'gauge', '1', ['testid', 'stage', 'profile'], '1 while a run goes'),
  step: lab('lab_step', 'gauge', '1', ['kind'], 'Number of the current step'),
  offered: lab('lab_offered_arrivals_per_second', 'gauge', '1', [], 'Load offered in the current step'),
  started: lab('lab_started_arrivals_per_second', 'gauge', '1', [], 'Arrivals the generator began, over 3 s'),
  achieved: lab('lab_achieved_arrivals_per_second', 'gauge', '1', [], 'Arrivals that ended, over 3 s'),
  late: lab('lab_arrivals_late_seconds', 'gauge', 'seconds', [], 'How long after their due time arrivals begin: p99 of the last 200'),
  lookup: lab('lab_dns_lookup_seconds', 'gauge', 'seconds', [], 'Time the last look-up of the site’s name took a client'),
  fault: lab('lab_fault_active', 'gauge', '1', ['fault', 'host'], '1 while a host is down'),
} as const satisfies Record<string, MetricDeclaration>;

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

/** The text of docs/reference/telemetry.md. */
export function metricsTable(): string {
  const rows = Object.values<MetricDeclaration>(METRICS).map(
    (metric) =>
      `| \`${metric.name}\` | ${metric.type} | ${metric.unit} | ${metric.labels.join(', ') || '–'} | ${metric.server} | ${metric.help} |`,
  );
  const fields = (declared: Readonly<Record<string, string>>): string[] =>
    Object.entries(declared).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return [
    '# Telemetry',
    '',
    '<!-- Generated by `npm run telemetry-table` from libs/telemetry/src/names.ts. Do not edit. -->',
    '',
    'k6 adds its own series by remote write (`k6_*`, native histograms), HAProxy its exporter’s (`haproxy_*`).',
    '',
    '| metric | type | unit | labels | served by | meaning |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '| log field | meaning |',
    '| --- | --- |',
    ...fields(LOG_FIELDS),
    '',
    '| span attribute | meaning |',
    '| --- | --- |',
    ...fields(SPAN_ATTRIBUTES),
    '',
  ].join('\n');
}
