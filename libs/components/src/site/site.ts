import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheTier, edgeTier, hostsWith, isReplica, longWays, PORTS, primaryOf, type Placement } from '@loadstair/topology';
import { PHOTOS_DATABASE } from '@loadstair/photo-site/database';
import type { CacheUse, Component, ComponentContext, SoftReading } from '../component.ts';
import { httpOk, until } from '../wait/wait.ts';
import { helperSeconds } from './collector-threads.ts';
import { cacheFile, databaseUrl, filesFile, membersFile, siteGroup, writeMembers } from './members.ts';

/** What the site writes to its stats file; every number counts from the start of the process. */
interface SiteStats {
  readonly atMs: number;
  readonly pid: number;
  readonly eventLoop: { readonly activeSeconds: number; readonly idleSeconds: number };
  readonly gcSeconds: number;
  readonly pool: {
    readonly max: number;
    readonly inUse: number;
    readonly waiting: number;
    readonly waitSeconds: number;
    readonly holdSeconds: number;
    readonly acquisitions: number;
  };
  /** Reads given to each database server; absent where there is one only. */
  readonly reads?: Readonly<Record<string, number>>;
  /** What each cache server was asked; absent where there is none. */
  readonly cache?: Readonly<Record<string, CacheUse>>;
}

/**
 * Small heaps: with default flags one full collection doubles the cost of requests for seconds (calibration.md, Q8). But a small
 * heap is collected at 1.3 times what lives, every 14 s under load, and on a tenth of a core each stops the site for 0.3 to 0.5 s
 * (docs/decisions/a-site-collects-seldom.md): so it may grow to 2.5 times, and fewer objects that die young get there.
 */
const NODE_FLAGS = [
  '--max-old-space-size=128',
  '--max-semi-space-size=16',
  '--heap-growing-percent=150',
  '--conditions=@loadstair/source',
  '--disable-warning=ExperimentalWarning',
];
const READY_MS = 30_000;
const DEFAULT_POOL = 20;

/** The photo site: one Node process. */
export const site: Component = {
  kind: 'site',
  tools: ['node'],
  prepare: writeMembers,
  process(context) {
    const { host, repoFolder } = context;
    return {
      command: process.execPath,
      args: [...NODE_FLAGS, join(repoFolder, 'apps', 'site', 'src', 'main.ts')],
      cwd: host.folder,
      env: siteEnvironment(context),
    };
  },
  ready: ({ host }, signal) =>
    until(httpOk(`http://${host.address}:${PORTS.http}/readyz`), { host: host.name, component: 'site' }, { timeoutMs: READY_MS, signal }),
  stop: { signal: 'SIGTERM', graceMs: 10_000 },
  metrics: {
    scrape: { port: PORTS.siteMetrics, path: '/metrics' },
    resources: (host, placement) => [
      {
        kind: 'pool',
        limit: host.tierSpec.settings.pool ?? DEFAULT_POOL,
        waitsOn: siteGroup(host, placement).followers[0] ?? siteGroup(host, placement).name,
      },
      { kind: 'event-loop', limit: 1, waitsOn: null },
    ],
    read: readStats,
  },
  spreadsOver: (tier, topology) => isReplica(topology, tier) || cacheTier(topology)?.name === tier.name,
  membersChanged: writeMembers,
  database: PHOTOS_DATABASE,
};

export function siteEnvironment({ host, placement, workFolder, secrets, takesTraces }: ComponentContext): Record<string, string> {
  const addresses = [host.address, ...(host.publicAddress === null ? [] : [host.publicAddress])];
  const first = hostsWith(placement, 'site')[0];
  const group = siteGroup(host, placement);
  const { block, churn } = host.tierSpec.settings;
  return {
    SITE_LISTEN: addresses.map((address) => `${address}:${PORTS.http}`).join(','),
    SITE_METRICS_LISTEN: `${host.address}:${PORTS.siteMetrics}`,
    SITE_DATABASE: databaseUrl(placement, primaryOf(placement, group.name), host, secrets.database),
    ...(group.followers.length === 0
      ? {}
      : { SITE_DATABASE_MEMBERS: membersFile(host), SITE_CONSISTENCY: host.tierSpec.settings.consistency ?? 'none' }),
    ...(cacheTier(placement.topology) === null ? {} : { SITE_CACHE: cacheFile(host) }),
    ...trustedProxies(placement),
    SITE_POOL: String(host.tierSpec.settings.pool ?? DEFAULT_POOL),
    SITE_STATS_FILE: statsFile(workFolder),
    ...(takesTraces ? { SITE_OTLP: `http://${placement.labAddress}:${PORTS.otlp}/v1/traces` } : {}),
    TMPDIR: workFolder,
    SITE_HOST: host.name,
    SITE_TIER: host.tier,
    SITE_TELEMETRY: host.tierSpec.settings.telemetry === 0 ? 'off' : 'on',
    ...(block === undefined ? {} : { SITE_FAULT_BLOCK_MS: String(block) }),
    ...(churn === undefined ? {} : { SITE_FAULT_CHURN_KIB: String(churn) }),
    ...(edgeTier(placement.topology) === null ? {} : { SITE_FILES: filesFile(host) }),
    SITE_BUSINESS: first === undefined || first.name === host.name ? 'on' : 'off',
  };
}

/**
 * Who may say for whom a request is: nobody where users reach the site itself. A balancer connects from its private address; all private
 * addresses are trusted, because a balancer that takes another's place has a new one. Through a distance, it is the proxy that connects.
 */
function trustedProxies(placement: Placement): Record<string, string> {
  if (hostsWith(placement, 'haproxy').length === 0) return {};
  const far = longWays(placement).some(({ host }) => host.tierSpec.components.includes('site'));
  return { SITE_TRUSTED_PROXIES: [...placement.addresses.hostNetworks, ...(far ? ['127.0.0.1'] : [])].join(',') };
}

function statsFile(workFolder: string): string {
  return join(workFolder, 'site-stats.json');
}

async function readStats({ workFolder }: ComponentContext): Promise<SoftReading[]> {
  const stats = JSON.parse(await readFile(statsFile(workFolder), 'utf8')) as SiteStats;
  const helpers = helperSeconds(stats.pid);
  return [
    {
      kind: 'pool',
      atMs: stats.atMs,
      inUse: stats.pool.inUse,
      waiting: stats.pool.waiting,
      waitSeconds: stats.pool.waitSeconds,
      busySeconds: stats.pool.holdSeconds,
      acquisitions: stats.pool.acquisitions,
      ...(stats.reads === undefined ? {} : { servedBy: stats.reads }),
      ...(stats.cache === undefined ? {} : { asked: stats.cache }),
    },
    {
      kind: 'event-loop',
      atMs: stats.atMs,
      inUse: null,
      waiting: null,
      waitSeconds: null,
      busySeconds: stats.eventLoop.activeSeconds,
      acquisitions: null,
      gcSeconds: stats.gcSeconds,
      ...(helpers === null ? {} : { gcHelperSeconds: helpers }),
    },
  ];
}
