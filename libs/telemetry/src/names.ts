import { LOG_FIELDS, SPAN_ATTRIBUTES } from './log-fields.ts';

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
  gc: site('nodejs_gc_seconds_total', 'counter', 'seconds', [], 'Time spent on garbage collection'),
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
  periods: lab('container_cpu_cfs_periods_total', 'counter', '1', HOST, 'CPU periods in which the host ran'),
  throttledPeriods: lab('container_cpu_cfs_throttled_periods_total', 'counter', '1', HOST, 'CPU periods in which the host was throttled'),
  throttled: lab(
    'container_cpu_cfs_throttled_seconds_total',
    'counter',
    'seconds',
    HOST,
    'Time for which the host was throttled, summed over CPUs',
  ),
  quota: lab('container_spec_cpu_quota', 'gauge', '1', HOST, 'CPU time a host may use in a period, µs; absent while the limit is lifted'),
  period: lab('container_spec_cpu_period', 'gauge', '1', HOST, 'Length of a CPU period, µs'),
  memory: lab(
    'container_memory_working_set_bytes',
    'gauge',
    'bytes',
    HOST,
    'Working set of a host: memory that the kernel cannot reclaim easily',
  ),
  memoryLimit: lab('container_spec_memory_limit_bytes', 'gauge', 'bytes', HOST, 'Memory limit of a host'),
  memoryFailures: lab('container_memory_failures_total', 'counter', '1', HOST, 'How often a host reached its memory limit'),
  reads: lab('container_fs_reads_bytes_total', 'counter', 'bytes', HOST, 'Bytes a host read from disk'),
  writes: lab('container_fs_writes_bytes_total', 'counter', 'bytes', HOST, 'Bytes a host wrote to disk'),
  psiCpu: lab(
    'container_pressure_cpu_waiting_seconds_total',
    'counter',
    'seconds',
    HOST,
    'Time in which at least one task of the host waited for CPU',
  ),
  psiIo: lab(
    'container_pressure_io_stalled_seconds_total',
    'counter',
    'seconds',
    HOST,
    'Time in which all tasks of the host waited for the disk',
  ),
  psiMemory: lab(
    'container_pressure_memory_stalled_seconds_total',
    'counter',
    'seconds',
    HOST,
    'Time in which all tasks of the host waited for memory',
  ),
  hostUp: lab('lab_host_up', 'gauge', '1', HOST, '1 while the host serves, else 0'),
  inUse: lab(
    'lab_resource_in_use',
    'gauge',
    '1',
    [...HOST, 'component', 'resource'],
    'Used places of a soft limit: pool connections, proxy slots, active sessions',
  ),
  limit: lab('lab_resource_limit', 'gauge', '1', [...HOST, 'component', 'resource'], 'All places of a soft limit'),
  waiting: lab('lab_resource_waiting', 'gauge', '1', [...HOST, 'component', 'resource'], 'Requests waiting for a place of a soft limit'),
  given: lab(
    'lab_given_total',
    'counter',
    '1',
    [...HOST, 'by'],
    'Requests that a balancer, and reads that a web server, sent to this host of several',
  ),
  databaseWork: lab(
    'lab_database_work_total',
    'counter',
    '1',
    [...HOST, 'by', 'kind'],
    'Units of work that a web server sent to a database host, each on one connection with any number of queries: `read` changes nothing, `write` does',
  ),
  inService: lab(
    'lab_server_in_service',
    'gauge',
    '1',
    [...HOST, 'by'],
    '1 while a balancer sends requests to the host, 0 while it keeps the host out of service after failed health checks',
  ),
  takenOut: lab(
    'lab_server_taken_out_total',
    'counter',
    '1',
    [...HOST, 'by'],
    'How often a balancer took the host out of service after failed health checks',
  ),
  edgeRequests: lab(
    'lab_edge_requests_total',
    'counter',
    '1',
    [...HOST, 'region', 'result'],
    'Requests for files at an edge: `hit` when it had the file, `miss` when it fetched the file',
  ),
  edgeBytes: lab('lab_edge_bytes_out_total', 'counter', 'bytes', [...HOST, 'region'], 'Bytes an edge sent to clients'),
  edgeStored: lab('lab_edge_stored_bytes', 'gauge', 'bytes', [...HOST, 'region'], 'Bytes of files stored at an edge'),
  edgeEvicted: lab('lab_edge_evicted_total', 'counter', '1', [...HOST, 'region'], 'Files that an edge evicted for lack of memory'),
  edgeFailures: lab('lab_edge_fetch_failures_total', 'counter', '1', [...HOST, 'region'], 'Failed fetches of an edge from the site'),
  originBytes: lab('lab_origin_bytes_out_total', 'counter', 'bytes', HOST, 'Bytes that the balancer sent to clients and edges'),
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
    'Lookups of a web server at a cache host: hit, miss (of an entry that was never stored), again (a miss of an entry that was stored before), failed',
  ),
  cacheMissSeconds: lab(
    'lab_cache_miss_seconds_total',
    'counter',
    'seconds',
    [...HOST, 'by'],
    'Time that a web server spent reading from the database after misses at a cache host',
  ),
  cacheUsed: lab('redis_memory_used_bytes', 'gauge', 'bytes', HOST, 'Memory used by Redis, its own overhead included'),
  cacheMost: lab('redis_memory_max_bytes', 'gauge', 'bytes', HOST, 'Memory at which Redis starts to evict entries'),
  cacheEntries: lab('redis_db_keys', 'gauge', '1', HOST, 'Entries stored on a cache host'),
  cacheEvicted: lab('redis_evicted_keys_total', 'counter', '1', HOST, 'Entries evicted for lack of memory'),
  cacheExpired: lab('redis_expired_keys_total', 'counter', '1', HOST, 'Entries removed because their TTL had ended'),
  cacheCommands: lab('redis_commands_processed_total', 'counter', '1', HOST, 'Commands a cache host answered'),
  machineIdle: lab(
    'lab_machine_idle_seconds_total',
    'counter',
    'seconds',
    [],
    'CPU time that was idle or used by the idle-priority burners',
  ),
  machineSteal: lab(
    'lab_machine_steal_seconds_total',
    'counter',
    'seconds',
    [],
    'CPU time taken by other virtual machines on the physical machine',
  ),
  observer: lab(
    'lab_part_cpu_seconds_total',
    'counter',
    'seconds',
    ['part'],
    'CPU time of the lab itself: clients, prometheus, labd, burners, proxies',
  ),
  run: lab('lab_run_info', 'gauge', '1', ['testid', 'stage', 'profile'], '1 during a run'),
  step: lab('lab_step', 'gauge', '1', ['kind'], 'Number of the current step'),
  offered: lab('lab_offered_arrivals_per_second', 'gauge', '1', [], 'Load offered in the current step'),
  started: lab('lab_started_arrivals_per_second', 'gauge', '1', [], 'Arrivals started by the load generator, over 3 s'),
  achieved: lab('lab_achieved_arrivals_per_second', 'gauge', '1', [], 'Arrivals completed, over 3 s'),
  late: lab('lab_arrivals_late_seconds', 'gauge', 'seconds', [], 'How long after their due time arrivals start: p99 of the last 200'),
  lookup: lab('lab_dns_lookup_seconds', 'gauge', 'seconds', [], 'Time of the last DNS lookup of the site’s name by a client'),
  fault: lab('lab_fault_active', 'gauge', '1', ['fault', 'host'], '1 while a host is down'),
} as const satisfies Record<string, MetricDeclaration>;

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
