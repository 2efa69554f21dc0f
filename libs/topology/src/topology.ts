/** What runs where: a topology is plain data, made by `evolve` from the one before. */

/** A server program the lab can put on a host. One folder in libs/components each. */
export type ComponentKind = 'site' | 'postgres' | 'haproxy' | 'redis' | 'varnish';

/** Where hosts stand and users live. */
export interface Place {
  /** Lower-case word, unique in the topology. */
  readonly name: string;
  readonly kind: 'data centre' | 'edge location';
  /** Share of the users that live here, 0–1; those of all places are 1 together. */
  readonly users: number;
}

/** Round trip between two places, ms. */
export interface Distance {
  readonly between: readonly [string, string];
  readonly ms: number;
}

/** Hosts of one role, all of one size. */
export interface Tier {
  /** Lower-case word, unique in the topology; hosts are `<name>-1`, `<name>-2`, … */
  readonly name: string;
  readonly count: number;
  /** CPU budget of one host, in lab CPUs (1 lab CPU is a fixed share of a physical core). */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly components: readonly ComponentKind[];
  /** Soft limits of the components on these hosts. */
  readonly settings: TierSettings;
  /** Whether clients may connect to these hosts (they have a public address too). */
  readonly public: boolean;
  /** Places its hosts stand in, in turn; the first of the topology unless told. */
  readonly places?: readonly string[];
  /**
   * Emulated network distance from those who ask this tier instead of that of the places: ms added to every round trip. Where some
   * of them are in another place than a host, it is from those only (`distanceTo`).
   */
  readonly distanceMs?: number;
}

export interface TierSettings extends Partial<CacheSettings> {
  /** Database connections of one site process. */
  readonly pool?: number;
  /** Requests the balancer has in flight to one web server; more wait in its queue. */
  readonly maxconn?: number;
  /** Which reads of the site must see what their user wrote (replication.ts). */
  readonly consistency?: Consistency;
  /** Replicas that must have a commit on disk before it is answered; 0 is asynchronous. */
  readonly sync?: number;
  /** Replicas replay what they received this much later, ms. */
  readonly delay?: number;
  /** What keeps the requests of a user at one web server. */
  readonly sticky?: Sticky;
  /** Likes from which on a photo is fetched through the edges; those with fewer come from the site itself. */
  readonly likes?: number;
  /** The request for a file from which on an edge keeps it. */
  readonly keep?: Keep;
  /** Fault: the place in which the tier's hosts answer no client. */
  readonly down?: string;
  /** 0 runs the site bare, without metrics, traces and what the lab reads of it: what telemetry costs is measured against that. */
  readonly telemetry?: 0;
  /** Faults injected into these hosts (faults.ts). */
  readonly block?: number;
  readonly churn?: number;
  readonly lock?: number;
  readonly disk?: number;
}

/**
 * What a user who wrote something sees when reading it again: perhaps not yet (`none`), the primary's state for some seconds
 * (`after-write-primary`), or a replica's that has replayed the write (`wait-for-lsn`).
 */
export const CONSISTENCIES = ['none', 'after-write-primary', 'wait-for-lsn'] as const;
export type Consistency = (typeof CONSISTENCIES)[number];

/**
 * What the balancer sends a user's requests to the same web server by: a cookie, from the sign-in on; the address the user's
 * connections come from; or nothing.
 */
export const STICKIES = ['cookie', 'source', 'none'] as const;
export type Sticky = (typeof STICKIES)[number];

/** The request for a file from which on an edge keeps it: what is asked for once only takes no room from `second` on. */
export const KEEPS = ['first', 'second'] as const;
export type Keep = (typeof KEEPS)[number];

/** How the site uses the hosts of a cache tier, and they their memory (cache.ts). */
export interface CacheSettings {
  /** Whether the site reads through it at all. */
  readonly through: OnOff;
  /** How long an entry lives, s; of edges, for how long the site says that they may keep its files. */
  readonly ttl: number;
  /** Up to this share of an entry's life is taken off by chance, %: entries made together do not end together. */
  readonly jitter: number;
  /** Whether a write takes the entries it makes wrong out of the cache. */
  readonly invalidate: OnOff;
  readonly stampede: Stampede;
  readonly policy: Eviction;
  /** MiB for entries on one host that are thought to be enough, and by how many % more there are. */
  readonly maxmemory: number;
  readonly overprovision: number;
}

export const ON_OFF = ['on', 'off'] as const;
export type OnOff = (typeof ON_OFF)[number];

/**
 * What many requests do that miss the same entry at once: each reads the database (`off`), one of a web server does and the
 * others wait for it (`single-flight`), or one does a little before the entry ends (`early-refresh`).
 */
export const STAMPEDES = ['off', 'single-flight', 'early-refresh'] as const;
export type Stampede = (typeof STAMPEDES)[number];

/** Names are Redis's (https://redis.io/docs/latest/develop/reference/eviction/). */
export const EVICTIONS = ['allkeys-lru', 'allkeys-lfu', 'volatile-ttl'] as const;
export type Eviction = (typeof EVICTIONS)[number];

/** Who talks to whom. `clients` is the outside; `wal` goes from a tier of replicas to the database they follow. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'http' | 'sql' | 'wal' | 'cache';
}

/** What a name server answers by. */
export type DnsPolicy = {
  /** For how long an answer may be kept, s. */
  readonly ttlS: number;
} & (
  | {
      /** Hosts of the asker's place, or of the nearest that has some. */
      readonly kind: 'nearest';
      /** Whether hosts that fail their health check are left out. */
      readonly checked: boolean;
    }
  | {
      /** Hosts of one place, drawn by weight at each answer; a place without a weight is never drawn. */
      readonly kind: 'weighted';
      readonly checked: boolean;
      readonly weights: Readonly<Record<string, number>>;
    }
  | {
      /** Healthy hosts of the first place that has any. */
      readonly kind: 'failover';
      readonly order: readonly string[];
    }
);

/** A name that clients know. */
export interface PublicName {
  readonly name: string;
  /** Public tiers whose hosts it stands for. */
  readonly tiers: readonly string[];
  readonly policy: DnsPolicy;
}

export interface Topology {
  /** Number of the stage, from 1. */
  readonly stage: number;
  readonly slug: string;
  readonly title: string;
  /** In data-flow order: what a request reaches first stands first. */
  readonly tiers: readonly Tier[];
  readonly links: readonly Link[];
  /** The first has every host whose tier does not say otherwise; one place with all users unless told. */
  readonly places?: readonly Place[];
  /** Of every pair of places. */
  readonly distances?: readonly Distance[];
  /** Names beside the site's own, or how that is answered (names.ts). */
  readonly names?: readonly PublicName[];
}

/** One host of a topology before it has an address. */
export interface Host {
  /** `<tier>-<ordinal>`, for example `web-2`. */
  readonly name: string;
  readonly tier: string;
  /** From 1; never reused while an instance lives. */
  readonly ordinal: number;
}
