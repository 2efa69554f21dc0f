import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Caches } from '@loadstair/site-plan';
import { lifeOf, packEntry, unpackEntry } from './entry.ts';
import type { CacheServers } from './servers.ts';

/** Writes that a cache server keeps for a while before the database has them. They are lost with the server. */
export interface WriteBehind {
  /** Whether writes wait in the cache as the plan is now. */
  readonly active: boolean;
  /**
   * Puts an entry's new value in its place and the write in the queue of the same server.
   *
   * @param load the value where the cache has none
   * @param amend the new value from the one before
   * @returns false where no server is certain to have the write. One may write it later all the same, so writing it twice must be the same as
   *   writing it once.
   */
  put<Value>(key: string, write: string, load: () => Promise<Value>, amend: (value: Value) => Value): Promise<boolean>;
  /** From now on the servers are used like this. */
  follow(caches: Caches): void;
  /** Writes what waits in servers that answer to the database; resolves when that is done or has failed. */
  close(): Promise<void>;
}

/** Many write the same entry at once; whoever was overtaken so often writes to the database. */
const MOST_TRIES = 5;
/** Writes of one queue that are written to the database together. */
const BATCH = 200;
const EVERY_MS = 250;

/**
 * @param write writes to the database what `put` was given; rejects where it could not
 * @param onError told of what it rejects with; the writes stay in the cache
 */
export function writeBehind(
  servers: Pick<CacheServers, 'get' | 'enqueue' | 'queues'>,
  first: Caches,
  write: (writes: readonly string[]) => Promise<void>,
  onError: (error: unknown) => void,
  chance: () => number = Math.random,
): WriteBehind {
  const holder = randomUUID();
  const closing = new AbortController();
  let plan = first;
  let flushing: Promise<void> | null = null;

  const isActive = (): boolean => plan.through && plan.strategy === 'write-behind';
  /** Writes what has waited so long; resolves with how much that was, and whether nothing is left in any server of the plan. */
  const flush = async (waitMs: number, as: string | null = holder): Promise<{ readonly written: number; readonly empty: boolean }> => {
    const queues = servers.queues();
    let empty = queues.length >= plan.servers.length;
    let written = 0;
    for (const queue of queues) {
      const waiting = await queue.oldest(BATCH, as);
      const untilMs = Date.now() - waitMs;
      const ripe = waiting.filter((queued) => parse(queued).atMs <= untilMs);
      if (ripe.length > 0) {
        await write(ripe.map((queued) => parse(queued).write));
        await queue.remove(ripe);
        written += ripe.length;
      }
      if (ripe.length < waiting.length || waiting.length === BATCH) empty = false;
    }
    return { written, empty };
  };
  const keepFlushing = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      let empty = false;
      try {
        ({ empty } = await flush(isActive() ? plan.flushMs : 0));
      } catch (error) {
        onError(error);
      }
      if (empty && !isActive()) return;
      await delay(EVERY_MS, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    }
  };
  const wake = (): void => {
    flushing ??= keepFlushing().finally(() => (flushing = null));
  };
  if (isActive()) wake();

  return {
    get active() {
      return isActive();
    },
    async put<Value>(key: string, queued: string, load: () => Promise<Value>, amend: (value: Value) => Value) {
      const text = `${Date.now()} ${queued}`;
      for (let time = 0; time < MOST_TRIES; time += 1) {
        const answer = await servers.get(key);
        if (answer.kind === 'nobody' || answer.kind === 'failed') return false;
        const stands = answer.kind === 'there' ? answer.value : null;
        const entry = stands === null ? null : unpackEntry(stands);
        const begunMs = performance.now();
        const old = entry === null ? load() : Promise.resolve(JSON.parse(entry.value.toString()) as Value);
        const value = JSON.stringify(await old.then(amend));
        const loadMs = entry?.loadMs ?? performance.now() - begunMs;
        const { endsAtMs, ttlMs } = entry === null ? lifeOf(plan, chance()) : { endsAtMs: entry.endsAtMs, ttlMs: 'kept' as const };
        const packed = packEntry({ endsAtMs, loadMs, value });
        const done = await servers.enqueue(key, stands, packed, ttlMs, text);
        if (done !== 'changed') return done === 'queued';
      }
      return false;
    },
    follow(now) {
      const was = isActive();
      plan = now;
      if (was || isActive()) wake();
    },
    async close() {
      closing.abort();
      await flushing;
      if (!isActive()) return;
      try {
        // The others may stop at the same moment, with the lease.
        let left = true;
        while (left) {
          const { written, empty } = await flush(0, null);
          left = written > 0 && !empty;
        }
      } catch (error) {
        onError(error);
      }
    },
  };
}

/** `<ms> <write>`: when it was queued, and what it says. */
function parse(queued: string): { readonly atMs: number; readonly write: string } {
  const end = queued.indexOf(' ');
  return { atMs: Number(queued.slice(0, end)), write: queued.slice(end + 1) };
}
