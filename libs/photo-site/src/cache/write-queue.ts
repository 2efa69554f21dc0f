import type { Redis } from 'ioredis';
import type { Kept } from './entry.ts';

/** Writes that wait in one cache server until they are written to the database; each is a text of its own. */
export interface WriteQueue {
  /**
   * Puts an entry's new value in the place of what stood there, and a write at the end of the queue: both or neither.
   *
   * @param before what stood there; null for nothing
   * @param ttlMs null for as long as there is room; `kept` for what was left to the entry
   * @returns false where something else stands there by now. Rejects where the server does not answer in time: then the write may be there
   *   or not.
   */
  add(key: string, before: Buffer | null, entry: Kept, ttlMs: number | null | 'kept', write: string): Promise<boolean>;
  /**
   * The oldest writes, the oldest first; none while another holder takes them. A holder that does not ask again gives way after two
   * seconds.
   *
   * @param holder names the process that asks; null asks whoever else takes them, which is safe where writing twice is writing once
   */
  oldest(most: number, holder: string | null): Promise<readonly string[]>;
  remove(writes: readonly string[]): Promise<void>;
}

/** No key of an entry looks like these. */
const QUEUE = 'write-behind:queue';
const LEASE = 'write-behind:lease';
const LEASE_MS = 2_000;

const ADD = `local stands = redis.call('GET', KEYS[1])
if stands ~= ARGV[1] and (stands or ARGV[1] ~= '') then return 0 end
redis.call('SET', KEYS[1], ARGV[2], unpack(ARGV, 4))
redis.call('RPUSH', KEYS[2], ARGV[3])
return 1`;

const OLDEST = `if ARGV[1] ~= '' then
  local holder = redis.call('GET', KEYS[2])
  if holder and holder ~= ARGV[1] then return {} end
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ${LEASE_MS})
end
return redis.call('LRANGE', KEYS[1], 0, ARGV[2] - 1)`;

const REMOVE = `for _, write in ipairs(ARGV) do redis.call('LREM', KEYS[1], 1, write) end`;

export function writeQueue(client: Redis): WriteQueue {
  return {
    async add(key, before, entry, ttlMs, write) {
      const life = ttlMs === null ? [] : ttlMs === 'kept' ? ['KEEPTTL'] : ['PX', Math.max(1, Math.round(ttlMs))];
      return (await client.eval(ADD, 2, key, QUEUE, before ?? '', entry, write, ...life)) === 1;
    },
    oldest: async (most, holder) => (await client.eval(OLDEST, 2, QUEUE, LEASE, holder ?? '', most)) as string[],
    async remove(writes) {
      await client.eval(REMOVE, 1, QUEUE, ...writes);
    },
  };
}
