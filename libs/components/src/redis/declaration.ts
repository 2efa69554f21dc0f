import { EXPIRIES, STAMPEDES, STRATEGIES, type Caches } from '@loadstair/site-plan';
import { rolesOf, settingsOf, type Tier, type Topology, type ValuesOf } from '@loadstair/topology';
import type { Declaration } from '../declaration.ts';
import { redisLog } from './log.ts';

export const PORT = 6379;

/** Who programs of the lab connect as: they may use what is cached, and only the lab may change the server. */
export const SITE_USER = 'site';

const ON_OFF = ['on', 'off'] as const;

/** Names are Redis's (https://redis.io/docs/latest/develop/reference/eviction/). */
const EVICTIONS = ['allkeys-lru', 'allkeys-lfu', 'volatile-ttl'] as const;

/** Whether what the hosts of a tier keep may be lost: a cache's entries may, sessions may not. */
export function isCache(topology: Topology, tier: Pick<Tier, 'name'>): boolean {
  return rolesOf(topology, tier).includes('cache');
}

/** How the site uses the hosts of a cache tier, and they their memory; it may be changed while they run. */
const SETTINGS = {
  ttl: { has: isCache, live: true, unit: 's', whole: false, low: 0.1, high: 86_400, meaning: 'time to live (TTL) of a cache entry' },
  expiry: {
    has: isCache,
    live: true,
    words: EXPIRIES,
    meaning: 'whether ttl counts from storing an entry (absolute), from its last read (idle), or not at all (none)',
  },
  jitter: {
    has: isCache,
    live: true,
    unit: '%',
    whole: true,
    low: 0,
    high: 90,
    meaning: 'largest share of ttl by which an entry may expire early, at random',
  },
  maxmemory: {
    live: true,
    unit: 'MiB',
    whole: false,
    low: 0.02,
    high: 768,
    meaning: 'memory for entries on each host, without overprovision',
  },
  overprovision: {
    live: true,
    unit: '%',
    whole: true,
    low: 0,
    high: 400,
    meaning: 'additional memory for entries on each host, as a share of maxmemory',
  },
  through: { has: isCache, live: true, words: ON_OFF, meaning: 'whether the site asks the cache before the database' },
  strategy: {
    has: isCache,
    live: true,
    words: STRATEGIES,
    meaning:
      'what a write does: deletes the entries it changes (aside, read-through), or stores new values, in the database too (write-through) or later (write-behind)',
  },
  flush: {
    has: isCache,
    live: true,
    unit: 's',
    whole: false,
    low: 0,
    high: 60,
    meaning: 'how long a write stays in the cache before it is written to the database (write-behind)',
  },
  invalidate: { has: isCache, live: true, words: ON_OFF, meaning: 'whether a write deletes the entries it makes out of date' },
  stampede: { has: isCache, live: true, words: STAMPEDES, meaning: 'how concurrent misses of the same entry are handled' },
  policy: { has: isCache, live: true, words: EVICTIONS, meaning: 'which entry is evicted when memory is full' },
} as const;

export const redisDeclaration = {
  kind: 'redis',
  title: 'Redis',
  tool: {
    name: 'redis',
    programs: ['redis-server'],
    versionArgs: ['--version'],
    minimum: [6, 2],
    folders: ['/usr/bin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'redis-server', fedora: 'valkey-compat-redis', arch: 'valkey', sizeText: '2 MB' },
  },
  ports: { served: PORT, others: [] },
  scrape: () => null,
  log: redisLog,
  leastMemoryMiB: 64,
  settings: SETTINGS,
  problems: tooManyEntries,
  serves: { cache: { user: SITE_USER, use: cacheUse } },
  stores: true,
  keepsData: false,
  spreadsOver: () => false,
  warmsUp: false,
  diskMiB: 0,
  openFiles: { least: 512, because: 'its clients' },
} as const satisfies Declaration;

export type CacheSettings = Required<ValuesOf<typeof SETTINGS>>;

/** How a cache tier is used where nothing else is said. */
export const CACHE_DEFAULTS: CacheSettings = {
  through: 'on',
  ttl: 60,
  expiry: 'absolute',
  jitter: 10,
  strategy: 'aside',
  flush: 1,
  invalidate: 'on',
  stampede: 'single-flight',
  policy: 'allkeys-lru',
  maxmemory: 32,
  overprovision: 25,
};

export function cacheSettings(tier: Pick<Tier, 'settings'>): CacheSettings {
  return { ...CACHE_DEFAULTS, ...settingsOf(tier, { kind: 'redis', settings: SETTINGS }) };
}

function cacheUse(tier: Pick<Tier, 'settings'>): Omit<Caches, 'servers'> {
  const { through, ttl, expiry, jitter, strategy, flush, invalidate, stampede } = cacheSettings(tier);
  return {
    through: through === 'on',
    ttlMs: ttl * 1000,
    expiry,
    jitter: jitter / 100,
    strategy,
    flushMs: flush * 1000,
    invalidate: invalidate === 'on',
    stampede,
  };
}

/** Bytes of entries one host of a cache tier may hold: what is enough, and what is given beyond it. */
export function entryBytes(tier: Pick<Tier, 'settings'>): number {
  const { maxmemory, overprovision } = cacheSettings(tier);
  return Math.round(maxmemory * (1 + overprovision / 100) * 2 ** 20);
}

/** Of a host's memory, for entries: the server itself, its connections and what freed memory leaves unused need the rest. */
const ENTRIES_SHARE = 0.75;

function tooManyEntries({ tiers }: Topology): string[] {
  return tiers.flatMap((tier) => {
    if (!tier.components.includes('redis')) return [];
    const needed = entryBytes(tier) / 2 ** 20;
    const room = ENTRIES_SHARE * tier.memoryMiB;
    return needed <= room
      ? []
      : [
          `${tier.name} hosts would keep ${Math.round(needed)} MiB of entries, but at most ${Math.floor(room)} of their ${tier.memoryMiB} MiB are for entries.`,
        ];
  });
}

/** Tiers whose hosts are somebody's cache, in data-flow order. */
export function cacheTiers(topology: Topology): Tier[] {
  return topology.tiers.filter((tier) => isCache(topology, tier));
}
