/**
 * How long the site waits for a server that says nothing, ms. A program on Node has no TCP_USER_TIMEOUT: what is not limited here waits
 * for ever.
 */
export const SITE_LIMITS = {
  /** For a connection to a database, new or given back. */
  acquireMs: 6_000,
  /** For the answer to one query. Users have given up at 6 s. */
  queryMs: 5_000,
  /** Between two looks at a database, for the answer to one, and how many bad ones put it out of service. */
  look: { everyMs: 500, answerMs: 2_000, bad: 2 },
  /** For the answer of a cache, for a connection to one, and how many answers missed put it out of service. */
  cache: { answerMs: 500, connectMs: 1_000, bad: 2 },
} as const;

/** From its silence on, a database is out of service by then, and whoever waits for it is told. */
export const DATABASE_NOTICED_MS = SITE_LIMITS.look.bad * (SITE_LIMITS.look.everyMs + SITE_LIMITS.look.answerMs);
/** The same of a cache that is asked all the time: those who ask it meanwhile wait as long, then read the database. */
export const CACHE_NOTICED_MS = SITE_LIMITS.cache.bad * SITE_LIMITS.cache.answerMs;
