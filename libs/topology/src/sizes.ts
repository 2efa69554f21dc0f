/** The catalogue of host sizes: the hard limit of scaling up. */
export const BIGGEST = { cpu: 4, memoryMiB: 1024 } as const;
export const SMALLEST = { cpu: 0.05, memoryMiB: 64 } as const;
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
