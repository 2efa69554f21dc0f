/** The catalogue of host sizes: the hard limit of scaling up. */
export const BIGGEST = { cpu: 4, memoryMiB: 1024 } as const;
/**
 * The kernel takes no quota below 1 ms, which is 0.1 lab CPU: a hundredth of a core, of a period of 100 ms. A period of 200 ms
 * would allow half of it, and stall each host twice as long.
 */
export const SMALLEST = { cpu: 0.1, memoryMiB: 64 } as const;

/** More hosts of a tier than this do not fit one instance's addresses in practice. */
export const MAX_HOSTS_OF_TIER = 16;
export const MAX_DISTANCE_MS = 1000;
