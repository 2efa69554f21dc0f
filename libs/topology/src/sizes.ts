import type { ComponentKind } from './topology.ts';

/** The catalogue of host sizes: the hard limit of scaling up. */
export const BIGGEST = { cpu: 4, memoryMiB: 1024 } as const;
/**
 * The kernel takes no quota below 1 ms, which is 0.1 lab CPU: a hundredth of a core, of a period of 100 ms. A period of 200 ms
 * would allow half of it, and stall each host twice as long.
 */
export const SMALLEST = { cpu: 0.1, memoryMiB: 64 } as const;

/**
 * MiB a program needs to start and to serve a few users, with a fifth and more to spare. Measured on 30 November 2026 as the most
 * that a host's group held, at 40 pages each from 4 at a time: site 117 to 134 (killed at 112), postgres 30 to 38 beside what the
 * kernel keeps of its files, site and postgres on one host 149 (killed at 144), haproxy 5, redis 3, varnish 44 (its C compiler
 * runs in the group; its own, the least of files and what only passes by are 80). Only the site was ever killed at 64.
 */
const NEEDED_MIB: Readonly<Record<ComponentKind, number>> = { site: 168, postgres: 64, haproxy: 64, redis: 64, varnish: 80 };

/** The smallest memory a host of these components is given, MiB. */
export function smallestMemory(components: readonly ComponentKind[]): number {
  const sum = components.reduce((total, kind) => total + NEEDED_MIB[kind], 0);
  return Math.max(SMALLEST.memoryMiB, sum);
}
/** More hosts of a tier than this do not fit one instance's addresses in practice. */
export const MAX_HOSTS_OF_TIER = 16;
export const MAX_DISTANCE_MS = 1000;
export const MAX_POOL = 200;
export const MAX_MAXCONN = 10_000;
/** MiB for entries of one cache host. */
export const MAX_CACHE_MIB = 768;
export const MAX_REPLAY_DELAY_MS = 60_000;
/** A day: longer is as good as for ever in a lab. */
export const MAX_TTL_S = 86_400;
export const MAX_LIKES = 1000;
