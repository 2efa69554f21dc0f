import { once } from 'node:events';
import { createServer } from 'node:http';
import { exposeTotals, listenAt, type Listen, type Program } from '@loadstair/program';
import type { PoolStats } from '@loadstair/program/stats';
import { METRICS, type Metrics } from '@loadstair/telemetry';
import { startActivity } from './business/activity.ts';
import { startBusinessMetrics } from './business/business-metrics.ts';
import { memoryCache, noCache } from './cache/cache.ts';
import { cachedAnswers, cachedFiles, cachedNames, invalidatingPhotos } from './cache/cached.ts';
import { photosBehind, writeComments } from './cache/photos-behind.ts';
import { openReadThrough } from './cache/read-through.ts';
import { writeBehind } from './cache/write-behind.ts';
import type { SiteFaults } from './faults/faults.ts';
import { madeAnew } from './http/answers.ts';
import { createApp } from './http/app.ts';
import { pageFiles } from './http/files.ts';
import { memorySessions } from './sessions/sessions.ts';
import { EVERYBODY } from './storage/database.ts';
import { postgresFiles } from './storage/files.ts';
import { createIds, nodeOf } from './storage/ids.ts';
import { postgresLateComments } from './storage/late-comments.ts';
import { documentNames, rowNames } from './storage/names.ts';
import { openDatabase } from './storage/open-database.ts';
import { remembers } from './storage/replicated.ts';
import { postgresOrders } from './storage/orders.ts';
import { photoDocuments, photoPages } from './storage/photo-pages.ts';
import { postgresPhotos } from './storage/photos.ts';
import { documentUsers } from './storage/user-documents.ts';
import { postgresUsers } from './storage/users.ts';

export interface SiteSettings {
  readonly listen: readonly Listen[];
  readonly pool: number;
  readonly business: boolean;
  readonly labDayS: number;
  readonly requestsPerSecondOfClient: number;
  /** Addresses and blocks of addresses whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly faults: SiteFaults;
}

export interface StartedSite {
  /** Stops accepting, answers what is running, closes the database; idempotent. */
  stop(): Promise<void>;
}

/** Longer than clients keep a connection idle: Node's 5 s would reset their next POST (calibration.md). */
const KEEP_ALIVE_MS = 75_000;
const IMAGE_CACHE_ENTRIES = 500;
/** Far above what so many pictures of the seed need, far below the memory of a small host. */
const IMAGE_CACHE_BYTES = 32 * 1024 * 1024;
/** Time for a balancer's health check to see /readyz turn before the listener closes. */
const DRAIN_NOTICE_MS = 1_100;

/** @param program runs as long as the site; the site's peers are those of its plan, whichever they are meanwhile */
export async function startSite(settings: SiteSettings, program: Program): Promise<StartedSite> {
  const { plan, metrics, log, onError } = program;
  const { databases, consistency, caches } = plan.plan;
  const { database, given, adopt } = openDatabase(databases, consistency, settings.pool, onError);
  const ids = createIds(nodeOf(settings.listen[0]?.address ?? ''));
  const cache = caches === null ? null : openReadThrough(caches, onError);
  const lateComments = postgresLateComments(database, ids);
  const behind =
    caches === null || cache === null
      ? null
      : writeBehind(cache.servers, caches, (writes) => writeComments(writes, lateComments, cache), onError);
  const unfollow = plan.follow((now) => {
    adopt(now.databases, now.consistency);
    if (now.caches === null) return;
    cache?.follow(now.caches);
    behind?.follow(now.caches);
  });
  const users = postgresUsers(database, ids);
  const photos = postgresPhotos(database, ids);
  const pictures = postgresFiles(database, ids);
  const activity = startActivity(database, settings.labDayS, onError);
  let draining = false;
  const app = createApp(
    {
      answers: cache === null ? madeAnew : cachedAnswers(cache),
      users,
      documents: documentUsers(database),
      names: cache === null ? rowNames(database) : cachedNames(rowNames(database), cache),
      documentNames: documentNames(database),
      photos:
        cache === null || behind === null
          ? photos
          : photosBehind(
              photos,
              invalidatingPhotos(photos, cache, () => pageFiles(plan.plan.files)),
              lateComments,
              behind,
              cache,
            ),
      pages: photoPages(database),
      documentPages: photoDocuments(database),
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
      host: program.host,
      requestsPerSecondOfClient: settings.requestsPerSecondOfClient,
      trustedProxies: settings.trustedProxies,
      files: () => plan.plan.files,
      faults: settings.faults,
      draining: () => draining,
      rememberWriters: () => remembers(plan.plan.consistency) && plan.plan.databases.some(({ replicas }) => replicas !== null),
    },
  );
  const servers = await Promise.all(
    settings.listen.map((where) => listenAt(createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app), where)),
  );
  let requests = 0;
  for (const server of servers) server.on('request', () => (requests += 1));
  const business = metrics === null || !settings.business ? null : startBusinessMetrics(database, metrics, settings.labDayS, onError);
  if (metrics !== null) exposePool(metrics, database.stats);
  program.report({
    pool: database.stats,
    get requests() {
      return requests;
    },
    ...given,
    ...(cache === null ? {} : { caches: cache.counts }),
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
        unfollow();
        business?.stop();
        await activity.stop();
        await behind?.close();
        cache?.close();
        await database.close();
      })();
      return stopped;
    },
  };
}

function exposePool(metrics: Metrics, stats: PoolStats): void {
  const gauges = {
    max: metrics.gauge(METRICS.poolMax),
    used: metrics.gauge(METRICS.poolUsed),
    pending: metrics.gauge(METRICS.poolPending),
  };
  metrics.onScrape(() => {
    gauges.max.set(stats.max);
    gauges.used.set(stats.inUse);
    gauges.pending.set(stats.waiting);
  });
  exposeTotals(metrics, [
    [METRICS.poolWait, () => stats.waitSeconds],
    [METRICS.poolHold, () => stats.holdSeconds],
    [METRICS.poolAcquisitions, () => stats.acquisitions],
  ]);
}
