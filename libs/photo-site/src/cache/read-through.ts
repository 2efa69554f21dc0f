import { randomUUID } from 'node:crypto';
import type { CacheUse } from '@loadstair/program/stats';
import type { Caches } from '@loadstair/site-plan';
import { lifeOf, packEntry, refreshEarly, unpackEntry, type Kept } from './entry.ts';
import { remembered } from './remembered.ts';
import { HELD, type Where } from './server.ts';
import { cacheServers, type CacheServers } from './servers.ts';

/** Reads the cache first, else the database, and then keeps what that said. */
export interface ReadThrough {
  /**
   * @param load reads the database; what is not there is not kept
   * @param encode how it is kept, and given to whoever asks
   */
  bytes<Value>(key: string, load: () => Promise<Value | null>, encode: (value: Value) => Kept): Promise<Buffer | null>;
  /** After a write: entries that are wrong now. Resolves when nobody is given them any more. */
  drop(...keys: readonly string[]): Promise<void>;
  /** After a write: the same, or what they are now, as the strategy is. Resolves when nobody is given the old ones any more. */
  renew(...changed: readonly Changed[]): Promise<void>;
  /** By cache server, all since the start; they grow while the site runs. */
  readonly counts: Readonly<Record<string, CacheUse>>;
  /** From now on these are the servers, and this is how they are used. */
  follow(caches: Caches): void;
  close(): void;
}

type Load = () => Promise<Kept | null>;

/** An entry that a write has made wrong, and how it is made anew: from where the write is already seen. */
export interface Changed {
  readonly key: string;
  readonly make: Load;
}

/**
 * After a write its entries are not made again for so long: who has read the database before the write, or reads a replica that
 * is behind, would put the old value back.
 */
const HOLD_MS = 1_000;

export function openReadThrough(caches: Caches, onError: (error: unknown) => void): ReadThrough & { readonly servers: CacheServers } {
  const servers = cacheServers(onError);
  const through = readThrough(servers, caches);
  servers.adopt(caches.servers);
  return {
    ...through,
    servers,
    follow(now) {
      servers.adopt(now.servers);
      through.follow(now);
    },
    close: () => servers.close(),
  };
}

/** The same on servers that somebody else opens, changes and closes. */
export function readThrough(
  servers: Pick<CacheServers, 'get' | 'put' | 'touch'>,
  first: Caches,
  chance: () => number = Math.random,
): Omit<ReadThrough, 'close'> {
  let plan = first;
  const counts: Record<string, CacheUse> = {};
  const seen = remembered();
  /** Reads of the database under way that others may wait for. */
  const flights = new Map<string, Promise<Buffer | null>>();

  const countsOf = (host: string): CacheUse =>
    (counts[host] ??= { lookups: 0, hits: 0, again: 0, failed: 0, missSeconds: 0, againSeconds: 0 });

  /** Reads the database, and counts what that takes. */
  const timed = async <Value>(own: CacheUse, again: boolean, load: () => Promise<Value>): Promise<Value> => {
    const begun = performance.now();
    try {
      return await load();
    } finally {
      const seconds = (performance.now() - begun) / 1000;
      own.missSeconds += seconds;
      if (again) own.againSeconds += seconds;
    }
  };
  /** Keeps what the database says. `kept` resolves when the cache has it. */
  const fill = async (key: string, load: Load, where: Where, awaited: boolean): Promise<{ value: Kept; kept: Promise<void> } | null> => {
    const begun = performance.now();
    const value = await load();
    if (value === null) return null;
    const { endsAtMs, ttlMs } = lifeOf(plan, chance());
    const entry = packEntry({ endsAtMs, loadMs: performance.now() - begun, value });
    return { value, kept: servers.put(key, entry, ttlMs, where, awaited) };
  };
  /** The value is there before the cache has it: only where the cache is read through does its reader wait for that too. */
  const refill = async (key: string, load: Load, where: Where): Promise<Buffer | null> => {
    const stores = plan.strategy === 'read-through';
    const filled = await fill(key, load, where, stores);
    if (stores) await filled?.kept;
    return asBuffer(filled?.value ?? null);
  };
  const hold = (key: string, placeholder: Buffer | string): Promise<void> => {
    flights.delete(key);
    seen.forget(key);
    return servers.put(key, placeholder, HOLD_MS, 'anything');
  };
  const alone = (key: string, load: Load): Promise<Buffer | null> => {
    if (plan.stampede === 'off') return refill(key, load, 'nothing');
    const joined = flights.get(key);
    if (joined !== undefined) return joined;
    const flight = refill(key, load, 'nothing').finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    flights.set(key, flight);
    return flight;
  };

  const bytes: ReadThrough['bytes'] = async (key, load, encode) => {
    const encoded = async (loaded: ReturnType<typeof load>): Promise<Kept | null> => {
      const value = await loaded;
      return value === null ? null : encode(value);
    };
    const notKept = async (loaded: ReturnType<typeof load>): Promise<Buffer | null> => asBuffer(await encoded(loaded));
    if (!plan.through) return notKept(load());
    const answer = await servers.get(key);
    if (answer.kind === 'nobody') return notKept(load());
    const own = countsOf(answer.host);
    own.lookups += 1;
    if (answer.kind === 'failed') {
      own.failed += 1;
      return notKept(timed(own, seen.has(key), load));
    }
    const entry = answer.kind === 'there' ? unpackEntry(answer.value) : null;
    if (answer.kind === 'there' && entry !== null) {
      own.hits += 1;
      seen.add(key);
      if (plan.expiry === 'idle') void servers.touch(key, plan.ttlMs);
      if (plan.stampede !== 'early-refresh' || !refreshEarly(entry, Date.now(), 1 - chance())) return entry.value;
      // Not over a placeholder that a write has put there meanwhile.
      return refill(key, () => encoded(timed(own, true, load)), answer.value);
    }
    if (answer.kind === 'there') {
      // Held back after a write: no fault of the cache, and its author must not wait for a read that began before it.
      seen.forget(key);
      return notKept(timed(own, false, load));
    }
    const again = seen.has(key);
    if (again) own.again += 1;
    seen.add(key);
    return alone(key, () => encoded(timed(own, again, load)));
  };

  return {
    counts,
    bytes,
    async drop(...keys) {
      if (!plan.through || !plan.invalidate) return;
      await Promise.all(keys.map((key) => hold(key, HELD)));
    },
    async renew(...changed) {
      if (!plan.through || !plan.invalidate) return;
      await Promise.all(
        changed.map(async ({ key, make }) => {
          if (plan.strategy === 'aside' || plan.strategy === 'read-through') return hold(key, HELD);
          // The placeholder of one write is like no other: of two that change the same at once, only the later puts its value there, and it
          // has read what the earlier wrote.
          const mine = Buffer.from(`${HELD}${randomUUID()}`);
          await hold(key, mine);
          try {
            await (
              await fill(key, make, mine, true)
            )?.kept;
          } catch {
            // What was written stays written. The placeholder ends soon, and the next reader asks the database.
          }
        }),
      );
    },
    follow(now) {
      plan = now;
    },
  };
}

function asBuffer(kept: Kept | null): Buffer | null {
  return typeof kept === 'string' ? Buffer.from(kept) : kept;
}
