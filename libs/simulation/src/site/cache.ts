import type { CacheState, CacheUse } from '@loadstair/components';
import { cacheSettings, entryBytes } from '@loadstair/components/declarations';
import { hostsWith, type Placement } from '@loadstair/topology';

/** What the site under test keeps of one thing, bytes: a list of ten photos. */
export const ENTRY_BYTES = 2_300;

interface Host {
  readonly name: string;
  /** When each entry ends, the least recently used first. */
  readonly entries: Map<string, number>;
  evicted: number;
  expired: number;
  commands: number;
}

export type Found = 'hit' | 'again' | 'new';

/** The cache tier of a simulated site. Entries are really kept, so that the hit ratio follows from load, life and room. */
export class SimulatedCache {
  readonly #hosts: readonly Host[];
  readonly #room: number;
  readonly #ttlMs: number;
  readonly #seen = new Set<string>();
  readonly #asked = new Map<string, Record<string, { -readonly [Key in keyof CacheUse]: CacheUse[Key] }>>();

  constructor(placement: Placement) {
    const hosts = hostsWith(placement, 'redis');
    this.#hosts = hosts.map(({ name }) => ({ name, entries: new Map(), evicted: 0, expired: 0, commands: 0 }));
    const tier = hosts[0]?.tierSpec ?? { settings: {} };
    this.#room = Math.max(1, Math.floor(entryBytes(tier) / ENTRY_BYTES));
    this.#ttlMs = cacheSettings(tier).ttl * 1000;
  }

  /** Name of the host a thing belongs to. */
  hostOf(thing: number): string {
    return (this.#hosts[thing % this.#hosts.length] as Host).name;
  }

  ask(web: string, key: string, host: string, nowMs: number): Found {
    const { entries } = this.#host(host);
    const use = this.#use(web, host);
    const endsMs = entries.get(key);
    use.lookups += 1;
    this.#host(host).commands += 1;
    if (endsMs !== undefined && endsMs > nowMs) {
      entries.delete(key);
      entries.set(key, endsMs);
      use.hits += 1;
      return 'hit';
    }
    if (endsMs !== undefined) {
      entries.delete(key);
      this.#host(host).expired += 1;
    }
    const again = this.#seen.has(key);
    if (again) use.again += 1;
    this.#seen.add(key);
    return again ? 'again' : 'new';
  }

  fill(web: string, key: string, host: string, nowMs: number, tookMs: number, again: boolean): void {
    const one = this.#host(host);
    const use = this.#use(web, host);
    use.missSeconds += tookMs / 1000;
    if (again) use.againSeconds += tookMs / 1000;
    one.commands += 1;
    one.entries.set(key, nowMs + this.#ttlMs);
    if (one.entries.size <= this.#room) return;
    one.entries.delete(one.entries.keys().next().value as string);
    one.evicted += 1;
  }

  askedBy(web: string): Readonly<Record<string, CacheUse>> {
    return structuredClone(this.#asked.get(web) ?? {});
  }

  stateOf(host: string): CacheState {
    const { entries, evicted, expired, commands } = this.#host(host);
    return {
      usedBytes: entries.size * ENTRY_BYTES,
      mostBytes: this.#room * ENTRY_BYTES,
      entries: entries.size,
      evicted,
      expired,
      commands,
    };
  }

  #host(name: string): Host {
    return this.#hosts.find((host) => host.name === name) as Host;
  }

  #use(web: string, host: string): { -readonly [Key in keyof CacheUse]: CacheUse[Key] } {
    const own = this.#asked.get(web) ?? {};
    this.#asked.set(web, own);
    return (own[host] ??= { lookups: 0, hits: 0, again: 0, failed: 0, missSeconds: 0, againSeconds: 0 });
  }
}
