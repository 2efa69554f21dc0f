import { z } from 'zod';

/**
 * What a user who wrote something sees when reading it again: perhaps not yet (`none`), the primary's state for some seconds
 * (`after-write-primary`), or that of a replica which has replayed the write (`wait-for-lsn`). With `primary` everybody reads from the
 * primary at all times, as if there were no replicas.
 */
export const CONSISTENCIES = ['none', 'after-write-primary', 'wait-for-lsn', 'primary'] as const;
export type Consistency = (typeof CONSISTENCIES)[number];

/**
 * What many requests do that miss the same entry at once: each reads the database (`off`), one of a process does and the
 * others wait for it (`single-flight`), or one does a little before the entry ends (`early-refresh`).
 */
export const STAMPEDES = ['off', 'single-flight', 'early-refresh'] as const;
export type Stampede = (typeof STAMPEDES)[number];

/**
 * When an entry of a cache ends: so long after it was made (`absolute`), so long after it was last read (`idle`), or only when its room is
 * needed (`none`).
 */
export const EXPIRIES = ['absolute', 'idle', 'none'] as const;
export type Expiry = (typeof EXPIRIES)[number];

/**
 * Who keeps the cache and the database in step. `aside`: a reader that misses reads the database, answers, and stores the entry
 * afterwards; a write deletes the entries it changes. `read-through`: the same, but a miss is answered only when the entry is stored.
 * `write-through`: a write stores the new values of its entries before it is acknowledged. `write-behind`: a write is acknowledged when a
 * cache server has it, and is written to the database later.
 */
export const STRATEGIES = ['aside', 'read-through', 'write-through', 'write-behind'] as const;
export type Strategy = (typeof STRATEGIES)[number];

const PEER_SERVER = z.object({
  name: z.string().min(1),
  /** An IP address or a host name. */
  address: z.string().min(1),
  port: z.int().min(1).max(65_535),
  /** How the program signs in; a server without users lets everybody in. */
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
});

const DATABASE_MEMBER = z.object({ name: z.string().min(1), url: z.string().startsWith('postgres://') });

/** Database servers that hold the same rows. */
const DATABASE_GROUP = z.object({
  name: z.string().min(1),
  /** The member that takes the writes. */
  primary: DATABASE_MEMBER,
  /** Members that follow it; null where the primary does everything, now and later. */
  replicas: z.array(DATABASE_MEMBER).nullable(),
});

const CACHES = z.object({
  servers: z.array(PEER_SERVER),
  /** Whether to read through them at all. */
  through: z.boolean(),
  ttlMs: z.number().positive(),
  expiry: z.enum(EXPIRIES),
  /** Share of its life that an entry may end earlier, 0–1. */
  jitter: z.number().min(0).max(1),
  strategy: z.enum(STRATEGIES),
  /** How long a write stays in the cache before it is written to the database (`write-behind`). */
  flushMs: z.number().min(0),
  /** Whether the cache is told of writes at all. */
  invalidate: z.boolean(),
  stampede: z.enum(STAMPEDES),
});

/** Files that caches between the site and its users may keep. */
const FILES = z.object({
  /** Where pages tell browsers to fetch them, for example `http://cdn.photos.lab:8080`; null is from the site itself. */
  base: z.string().startsWith('http://').nullable(),
  /** Images of photos with fewer likes come from the site itself: seldom asked for, they would only take room elsewhere. */
  leastLikes: z.int().min(0),
  /** How long a cache may keep a file, s; null is as long as is usual for its kind. */
  ttlS: z.number().min(1).nullable(),
});

const SITE_PLAN = z.object({
  /** Where the program's host stands. */
  place: z.string().min(1),
  databases: z.tuple([DATABASE_GROUP], DATABASE_GROUP),
  consistency: z.enum(CONSISTENCIES),
  /** Null where there are none, now and later. */
  caches: CACHES.nullable(),
  /** Servers that keep sessions; empty where each process keeps its own. */
  sessions: z.array(PEER_SERVER),
  /** Servers of the message queue. */
  queue: z.array(PEER_SERVER),
  files: FILES,
});

/** What a program of ours is told about its peers. It may be told anew at any time while it runs. */
export type SitePlan = z.infer<typeof SITE_PLAN>;
export type DatabaseGroup = z.infer<typeof DATABASE_GROUP>;
export type DatabaseMember = z.infer<typeof DATABASE_MEMBER>;
export type Caches = z.infer<typeof CACHES>;
export type PeerServer = z.infer<typeof PEER_SERVER>;
export type Files = z.infer<typeof FILES>;

/** No cache stands between the site and its users. */
export const FROM_SITE_ITSELF: Files = { base: null, leastLikes: 0, ttlS: null };

/**
 * @param text JSON
 * @throws Error that says what is wrong with it
 */
export function parsePlan(text: string): SitePlan {
  const parsed = SITE_PLAN.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}
