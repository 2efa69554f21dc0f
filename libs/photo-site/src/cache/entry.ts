import type { Caches } from '@loadstair/site-plan';

/** What a cache keeps of a value: when it ends, what it took to get it, and the value. */
export interface Entry {
  readonly endsAtMs: number;
  readonly loadMs: number;
  readonly value: Buffer;
}

/** Text goes to the cache as it is: making bytes of it, twice over, costs a web server more than sending them. */
export type Kept = Buffer | string;

const LINE_END = 0x0a;
/** End of an entry that has none of its own. */
const NEVER_MS = Number.MAX_SAFE_INTEGER;

/**
 * @param chance in [0, 1)
 * @returns when an entry made now ends, and how long the server keeps it, ms: null for as long as there is room
 */
export function lifeOf(
  plan: Pick<Caches, 'ttlMs' | 'jitter' | 'expiry'>,
  chance: number,
): { readonly endsAtMs: number; readonly ttlMs: number | null } {
  const ttlMs = plan.ttlMs * (1 - plan.jitter * chance);
  return { endsAtMs: plan.expiry === 'absolute' ? Date.now() + ttlMs : NEVER_MS, ttlMs: plan.expiry === 'none' ? null : ttlMs };
}

/** `endsAtMs,loadMs` as a first line, the value behind it as it is. */
export function packEntry({ endsAtMs, loadMs, value }: Omit<Entry, 'value'> & { readonly value: Kept }): Kept {
  const head = `${Math.round(endsAtMs)},${loadMs.toFixed(1)}\n`;
  return typeof value === 'string' ? head + value : Buffer.concat([Buffer.from(head, 'latin1'), value]);
}

/** Null when it is no entry: a placeholder is shorter than any. */
export function unpackEntry(bytes: Buffer): Entry | null {
  const end = bytes.indexOf(LINE_END);
  if (end < 3) return null;
  const [endsAtMs = NaN, loadMs = NaN] = bytes.toString('latin1', 0, end).split(',').map(Number);
  return Number.isFinite(endsAtMs) && Number.isFinite(loadMs) ? { endsAtMs, loadMs, value: bytes.subarray(end + 1) } : null;
}

/**
 * Whether to get a value anew before its entry ends: the likelier, the nearer that is and the longer getting it takes, so that
 * of many who read it about one does (Vattani et al. 2015, doi 10.14778/2757807.2757813, β = 1).
 *
 * @param chance in (0, 1]
 */
export function refreshEarly({ endsAtMs, loadMs }: Entry, nowMs: number, chance: number): boolean {
  return nowMs - loadMs * Math.log(chance) >= endsAtMs;
}
