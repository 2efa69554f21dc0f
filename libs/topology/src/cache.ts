import { MAX_CACHE_MIB } from './sizes.ts';
import { EVICTIONS, ON_OFF, STAMPEDES, type CacheSettings, type Tier, type Topology } from './topology.ts';

/** How a cache tier is used where nothing else is said. */
export const CACHE_DEFAULTS: CacheSettings = {
  through: 'on',
  ttl: 60,
  jitter: 10,
  invalidate: 'on',
  stampede: 'single-flight',
  policy: 'allkeys-lru',
  maxmemory: 32,
  overprovision: 25,
};

/** The tier of caches; null where there is none. */
export function cacheTier(topology: Topology): Tier | null {
  return topology.tiers.find((tier) => topology.links.some((link) => link.protocol === 'cache' && link.to === tier.name)) ?? null;
}

export const CACHE_KEYS = Object.keys(CACHE_DEFAULTS) as readonly (keyof CacheSettings)[];

export function cacheSettings({ settings }: Pick<Tier, 'settings'>): CacheSettings {
  return {
    ...CACHE_DEFAULTS,
    ...(Object.fromEntries(
      CACHE_KEYS.flatMap((key) => (settings[key] === undefined ? [] : [[key, settings[key]]])),
    ) as Partial<CacheSettings>),
  };
}

/** Bytes of entries one host of a cache tier may hold: what is enough, and what is given beyond it. */
export function entryBytes(tier: Pick<Tier, 'settings'>): number {
  const { maxmemory, overprovision } = cacheSettings(tier);
  return Math.round(maxmemory * (1 + overprovision / 100) * 2 ** 20);
}

/** Of a host's memory, for entries: the server itself, its connections and what freed memory leaves unused need the rest. */
const ENTRIES_SHARE = 0.75;

/** What is wrong with a cache tier, one sentence each. */
export function cacheProblems(topology: Topology): string[] {
  const tier = cacheTier(topology);
  if (tier === null) return [];
  const needed = entryBytes(tier) / 2 ** 20;
  const room = ENTRIES_SHARE * tier.memoryMiB;
  return needed <= room
    ? []
    : [`${tier.name} hosts keep ${Math.round(needed)} MiB of entries; of ${tier.memoryMiB} MiB at most ${Math.floor(room)} are for them.`];
}

/** Keys of `--set` that change how a cache is used; they may be changed while it runs. */
export const CACHE_NUMBERS = {
  ttl: { unit: 's', whole: false, low: 0.1, high: 86_400, meaning: 's an entry of the cache lives' },
  jitter: { unit: '%', whole: true, low: 0, high: 90, meaning: '% of its life an entry may end earlier, by chance' },
  maxmemory: {
    unit: 'MiB',
    whole: false,
    low: 0.02,
    high: MAX_CACHE_MIB,
    meaning: 'MiB one host keeps for entries, before over-provisioning',
  },
  overprovision: { unit: '%', whole: true, low: 0, high: 400, meaning: '% of memory for entries beyond maxmemory' },
} as const;

export const CACHE_WORDS = {
  through: { words: ON_OFF, meaning: 'whether the site reads through the cache' },
  invalidate: { words: ON_OFF, meaning: 'whether a write takes what it makes wrong out of the cache' },
  stampede: { words: STAMPEDES, meaning: 'what many requests do that miss one entry at once' },
  policy: { words: EVICTIONS, meaning: 'which entry goes when memory is full' },
} as const;
