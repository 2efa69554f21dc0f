import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname } from 'node:path';
import { PerformanceObserver, performance } from 'node:perf_hooks';
import { createMetrics, METRICS, type Logger, type Metrics } from '@loadstair/telemetry';
import { startActivity } from './business/activity.ts';
import { startBusinessMetrics } from './business/business-metrics.ts';
import { memoryCache, noCache } from './cache/cache.ts';
import { cachedFiles, cachedPhotos, cachedUsers } from './cache/cached.ts';
import { openReadThrough, type CacheCounts } from './cache/read-through.ts';
import type { SiteFaults } from './faults/faults.ts';
import { watchFile } from './files/watch-file.ts';
import { createApp } from './http/app.ts';
import { OWN_FILES, readFileSettings } from './http/files.ts';
import { memorySessions } from './sessions/sessions.ts';
import { EVERYBODY, singleDatabase, type Database, type PoolStats } from './storage/database.ts';
import { postgresFiles } from './storage/files.ts';
import { createIds, nodeOf } from './storage/ids.ts';
import { postgresOrders } from './storage/orders.ts';
import { postgresPhotos } from './storage/photos.ts';
import { replicatedDatabase, type ReplicatedSettings } from './storage/replicated.ts';
import { documentUsers } from './storage/user-documents.ts';
import { postgresUsers } from './storage/users.ts';

export interface SiteSettings {
  readonly listen: readonly Listen[];
  readonly metricsListen: Listen | null;
  readonly databaseUrl: string;
  /** Null where one database server does everything. */
  readonly replicated: ReplicatedSettings | null;
  /** File with the plan of the cache tier; null where there is none. */
  readonly cacheFile: string | null;
  readonly pool: number;
  readonly statsFile: string | null;
  readonly business: boolean;
  readonly labDayS: number;
  readonly requestsPerSecondOfClient: number;
  /** Addresses and blocks of addresses whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Says where files are fetched and how long they may be kept; null where nothing stands between the site and its users. */
  readonly filesFile: string | null;
  readonly faults: SiteFaults;
}

export interface Listen {
  readonly address: string;
  readonly port: number;
}

export interface StartedSite {
  /** Stops accepting, answers what is running, closes the database; idempotent. */
  stop(): Promise<void>;
}

/** What the site tells the lab through a file, so that it can be read while the site is overloaded. Cumulative. */
export interface SiteStats {
  readonly atMs: number;
  readonly pid: number;
  readonly eventLoop: { readonly activeSeconds: number; readonly idleSeconds: number };
  readonly gcSeconds: number;
  readonly pool: PoolStats;
  /** Reads given to each database server, where there are several. */
  readonly reads?: Readonly<Record<string, number>>;
  /** What each cache server was asked, where there are some. */
  readonly cache?: Readonly<Record<string, CacheCounts>>;
}

const STATS_EVERY_MS = 500;
/** Longer than any text written: a shorter one then covers a longer one whole. */
const STATS_BYTES = 4096;
/** Longer than clients keep a connection idle: Node's 5 s would reset their next POST (calibration.md). */
const KEEP_ALIVE_MS = 75_000;
const IMAGE_CACHE_ENTRIES = 500;
/** Far above what so many pictures of the seed need, far below the memory of a small host. */
const IMAGE_CACHE_BYTES = 32 * 1024 * 1024;
/** Time for a balancer's health check to see /readyz turn before the listener closes. */
const DRAIN_NOTICE_MS = 1_100;

export async function startSite(settings: SiteSettings, log: Logger): Promise<StartedSite> {
  const onError = (error: unknown): void => log.warn({ err: error }, 'background work failed; it is tried again');
  const replicated = settings.replicated === null ? null : replicatedDatabase(settings.replicated, settings.pool, onError);
  const database: Database = replicated ?? singleDatabase(settings.databaseUrl, settings.pool);
  const cache = settings.cacheFile === null ? null : openReadThrough(settings.cacheFile, onError);
  const ids = createIds(nodeOf(settings.listen[0]?.address ?? ''));
  const users = postgresUsers(database, ids);
  const photos = postgresPhotos(database, ids);
  const pictures = postgresFiles(database, ids);
  const activity = startActivity(database, settings.labDayS, onError);
  const metrics = settings.metricsListen === null ? null : createMetrics('openmetrics');
  const { filesFile } = settings;
  let files = filesFile === null ? OWN_FILES : readFileSettings(filesFile);
  const filesWatch = filesFile === null ? null : watchFile(filesFile, readFileSettings, (now) => (files = now), onError);
  let draining = false;
  const app = createApp(
    {
      users: cache === null ? users : cachedUsers(users, cache),
      documents: documentUsers(database),
      photos: cache === null ? photos : cachedPhotos(photos, cache),
      files: cache === null ? pictures : cachedFiles(pictures, cache),
      orders: postgresOrders(database, ids),
      sessions: memorySessions(),
      // Of two caches one behind the other, the first would hide from the second what is asked for.
      images: cache === null ? memoryCache(IMAGE_CACHE_ENTRIES, IMAGE_CACHE_BYTES) : noCache(),
      activity,
      log,
      // With every connection in use a question would wait behind all others, and a balancer would take a busy server for a dead one.
      ping: async () => {
        if (database.stats.inUse < database.stats.max) await database.read(EVERYBODY, (query) => query('ping', 'SELECT 1'));
      },
    },
    metrics,
    {
      requestsPerSecondOfClient: settings.requestsPerSecondOfClient,
      trustedProxies: settings.trustedProxies,
      files: () => files,
      faults: settings.faults,
      draining: () => draining,
      rememberWriters: settings.replicated !== null && settings.replicated.consistency !== 'none',
    },
  );
  const servers = await Promise.all(settings.listen.map((where) => listen(createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app), where)));
  // Nobody would read it in a bare site.
  const process_ = metrics === null && settings.statsFile === null ? null : watchProcess();
  const business = metrics === null || !settings.business ? null : startBusinessMetrics(database, metrics, settings.labDayS, onError);
  if (metrics !== null && settings.metricsListen !== null && process_ !== null) {
    exposePool(metrics, database.stats, process_);
    servers.push(await listen(metricsServer(metrics), settings.metricsListen));
  }
  const stats =
    settings.statsFile === null || process_ === null
      ? null
      : writeStats(settings.statsFile, process_, {
          pool: database.stats,
          ...(replicated === null ? {} : { reads: replicated.reads }),
          ...(cache === null ? {} : { cache: cache.counts }),
        });
  log.info({ listen: settings.listen }, 'serving');

  let stopped: Promise<void> | null = null;
  return {
    stop() {
      stopped ??= (async () => {
        draining = true;
        await new Promise((resolve) => setTimeout(resolve, DRAIN_NOTICE_MS));
        const closed = servers.map((server) => once(server, 'close'));
        for (const server of servers) {
          server.close();
          server.closeIdleConnections();
        }
        await Promise.all(closed);
        filesWatch?.stop();
        stats?.stop();
        business?.stop();
        await activity.stop();
        cache?.close();
        await database.close();
        log.info('stopped');
      })();
      return stopped;
    },
  };
}

async function listen(server: Server, { address, port }: Listen): Promise<Server> {
  server.listen(port, address, 1024);
  await once(server, 'listening');
  return server;
}

function metricsServer(metrics: Metrics): Server {
  return createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    metrics.expose().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}

interface ProcessWatch {
  readonly loop: () => { activeSeconds: number; idleSeconds: number };
  readonly gcSeconds: () => number;
}

/** Event-loop time by the difference of two readings (no timer), garbage collection by its own entries. */
function watchProcess(): ProcessWatch {
  let gcMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) gcMs += entry.duration;
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    loop() {
      const { active, idle } = performance.eventLoopUtilization();
      return { activeSeconds: active / 1000, idleSeconds: idle / 1000 };
    },
    gcSeconds: () => gcMs / 1000,
  };
}

function exposePool(metrics: Metrics, stats: PoolStats, watch: ProcessWatch): void {
  const gauges = {
    max: metrics.gauge(METRICS.poolMax),
    used: metrics.gauge(METRICS.poolUsed),
    pending: metrics.gauge(METRICS.poolPending),
  };
  const totals: [ReturnType<Metrics['counter']>, () => number][] = [
    [metrics.counter(METRICS.poolWait), () => stats.waitSeconds],
    [metrics.counter(METRICS.poolHold), () => stats.holdSeconds],
    [metrics.counter(METRICS.poolAcquisitions), () => stats.acquisitions],
    [metrics.counter(METRICS.loopActive), () => watch.loop().activeSeconds],
    [metrics.counter(METRICS.loopIdle), () => watch.loop().idleSeconds],
    [metrics.counter(METRICS.gc), () => watch.gcSeconds()],
  ];
  const before = totals.map(() => 0);
  metrics.onScrape(() => {
    gauges.max.set(stats.max);
    gauges.used.set(stats.inUse);
    gauges.pending.set(stats.waiting);
    for (const [index, [counter, value]] of totals.entries()) {
      const total = value();
      counter.inc(Math.max(0, total - (before[index] ?? 0)));
      before[index] = total;
    }
  });
}

/** @param live changes in place while the site runs */
function writeStats(file: string, watch: ProcessWatch, live: Pick<SiteStats, 'pool' | 'reads' | 'cache'>): { stop(): void } {
  mkdirSync(dirname(file), { recursive: true });
  // Written over in place, in one go: a new file and a rename each time cost a small host one percent of its budget.
  const descriptor = openSync(file, 'w');
  const write = (): void => {
    const stats: SiteStats = { atMs: Date.now(), pid: process.pid, eventLoop: watch.loop(), gcSeconds: watch.gcSeconds(), ...live };
    writeSync(descriptor, JSON.stringify(stats).padEnd(STATS_BYTES), 0);
  };
  write();
  const timer = setInterval(write, STATS_EVERY_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      closeSync(descriptor);
    },
  };
}
