import type { Program } from '@loadstair/simulation-engine';
import { NOTHING_READ, type SoftReading } from '../soft-reading.ts';
import type { CacheServer, Found, SimulatedComponent, SimulatedContext, SimulatedServer } from '../simulated.ts';
import { cacheSettings, entryBytes } from './declaration.ts';

export interface RedisModel {
  readonly wakeMs: number;
  /** CPU time of a lookup. */
  readonly lookUpMs: number;
}

/** What the site keeps of one thing, bytes: a list of ten photos. */
export const ENTRY_BYTES = 2_300;

/** A host of a cache. Entries are really kept, so that the hit ratio follows from load, life and room. */
export const simulatedRedis: SimulatedComponent<RedisModel> = {
  healthy: { wakeMs: 0.03, lookUpMs: 0.03 },
  threads: ({ wakeMs }) => ({ atOnce: 1, wakeMs }),
  start: (context, model) => new SimulatedRedis(context, model),
  demand: ({ cache }, { wakesLeft }, model) => ({
    cpuMs: (cache?.lookups ?? 0) * (model.lookUpMs + wakesLeft * model.wakeMs),
    asks: {},
  }),
};

class SimulatedRedis implements SimulatedServer, CacheServer {
  readonly serves = { cache: this };
  readonly #context: SimulatedContext;
  readonly #program: Program;
  readonly #model: RedisModel;
  /** When each entry ends, the least recently used first. */
  readonly #entries = new Map<string, number>();
  readonly #room: number;
  readonly #ttlMs: number;
  readonly #seen = new Set<string>();
  #evicted = 0;
  #expired = 0;
  #commands = 0;

  constructor(context: SimulatedContext, model: RedisModel) {
    this.#context = context;
    this.#program = context.program;
    this.#model = model;
    const { tierSpec } = context.host;
    this.#room = Math.max(1, Math.floor(entryBytes(tierSpec) / ENTRY_BYTES));
    this.#ttlMs = cacheSettings(tierSpec).ttl * 1000;
  }

  get usedMs(): number {
    return this.#program.usedMs;
  }

  lookUp(done: () => void): void {
    this.#program.do(this.#model.lookUpMs, done);
  }

  find(key: string): Found {
    const endsMs = this.#entries.get(key);
    this.#commands += 1;
    if (endsMs !== undefined && endsMs > this.#context.world.timeline.now) {
      this.#entries.delete(key);
      this.#entries.set(key, endsMs);
      return 'hit';
    }
    if (endsMs !== undefined) {
      this.#entries.delete(key);
      this.#expired += 1;
    }
    const again = this.#seen.has(key);
    this.#seen.add(key);
    return again ? 'again' : 'new';
  }

  keep(key: string): void {
    this.#commands += 1;
    this.#entries.set(key, this.#context.world.timeline.now + this.#ttlMs);
    if (this.#entries.size <= this.#room) return;
    this.#entries.delete(this.#entries.keys().next().value as string);
    this.#evicted += 1;
  }

  read(): Omit<SoftReading, 'atMs'>[] {
    const cache = {
      usedBytes: this.#entries.size * ENTRY_BYTES,
      mostBytes: this.#room * ENTRY_BYTES,
      entries: this.#entries.size,
      evicted: this.#evicted,
      expired: this.#expired,
      commands: this.#commands,
    };
    return [{ ...NOTHING_READ, kind: 'hit-ratio', cache }];
  }
}
