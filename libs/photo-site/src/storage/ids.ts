import { isIPv4 } from 'node:net';

/**
 * Ids that need no sequence, so that databases which know nothing of each other can give them at once. Of the 53 bits that JSON and
 * JavaScript keep exactly, from the top: 37 count ticks of 4 ms since 2025, 10 tell the process, 6 are the bucket of the owner. So what
 * belongs to somebody has the low bits of that somebody, and an id alone says where its row is (as at Instagram,
 * https://instagram-engineering.com/sharding-ids-at-instagram-1cf5a71e5a5c). The seed's ids are small numbers of the same kind.
 */
const BUCKET_BITS = 6;
const NODE_BITS = 10;
const TICK_MS = 4;
const EPOCH_MS = Date.UTC(2025, 0, 1);

/** How many places rows are divided into; a database holds some or all of them. */
export const BUCKETS = 2 ** BUCKET_BITS;
const NODES = 2 ** NODE_BITS;
const PER_TICK = BUCKETS * NODES;

/** The seed's ids are at most this, all others more. */
export const MAX_SEEDED = 2 ** 31 - 1;

/** Whose rows stand together: an owner and all that belongs to it. */
export function bucketOf(id: number): number {
  return id % BUCKETS;
}

export interface Ids {
  /** For a row that belongs to `owner`, which may be any id of that owner's. Later ones of a process are larger. */
  of(owner: number): number;
  /** For a new owner, in any bucket. */
  owner(): number;
}

/** @param node tells this process from every other that gives ids at the same time, 0–1023 */
export function createIds(node: number, now: () => number = Date.now, chance: () => number = Math.random): Ids {
  let tick = 0;
  const next = (bucket: number): number => {
    // One that comes too early, or after a clock was set back, takes the next tick: ids never repeat.
    tick = Math.max(tick + 1, tickAt(now()));
    return tick * PER_TICK + node * BUCKETS + bucket;
  };
  return { of: (owner) => next(bucketOf(owner)), owner: () => next(Math.floor(chance() * BUCKETS)) };
}

/** Every id given at this time or later is at least this. */
export function firstIdAt(ms: number): number {
  return tickAt(ms) * PER_TICK;
}

function tickAt(ms: number): number {
  return Math.floor((ms - EPOCH_MS) / TICK_MS);
}

/** The last ten bits of an address: processes of a lab have addresses of their own. */
export function nodeOf(address: string): number {
  if (!isIPv4(address)) throw new Error(`${address} is no IPv4 address.`);
  const [, , third = 0, fourth = 0] = address.split('.').map(Number);
  return (third * 256 + fourth) % NODES;
}
