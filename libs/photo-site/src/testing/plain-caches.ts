import type { Caches } from '@loadstair/site-plan';

/** Caches as a plan has them that asks for nothing special; entries live for a second. */
export const PLAIN_CACHES: Caches = {
  servers: [],
  through: true,
  ttlMs: 1_000,
  expiry: 'absolute',
  jitter: 0,
  strategy: 'aside',
  flushMs: 1_000,
  invalidate: true,
  stampede: 'off',
};
