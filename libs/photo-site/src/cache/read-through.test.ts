import { describe, expect, it } from '@jest/globals';
import { PLAIN_CACHES } from '../testing/plain-caches.ts';
import { packEntry, refreshEarly, unpackEntry } from './entry.ts';
import { readThrough, type ReadThrough } from './read-through.ts';
import type { Answer, CacheServers } from './servers.ts';

/** One server that keeps everything; `lose` is what eviction, expiry or a restart do. */
function oneServer(): Pick<CacheServers, 'get' | 'put' | 'touch'> & {
  readonly lives: readonly (number | null)[];
  readonly kept: Map<string, Buffer>;
  answer: Answer['kind'] | null;
} {
  const kept = new Map<string, Buffer>();
  const lives: (number | null)[] = [];
  return {
    kept,
    lives,
    answer: null,
    async get(key) {
      if (this.answer === 'nobody') return { kind: 'nobody' };
      if (this.answer === 'failed') return { kind: 'failed', host: 'cache-1' };
      const value = kept.get(key);
      return value === undefined ? { kind: 'absent', host: 'cache-1' } : { kind: 'there', host: 'cache-1', value };
    },
    async touch(_key, ttlMs) {
      lives.push(ttlMs);
    },
    async put(key, value, ttlMs, where) {
      lives.push(ttlMs);
      const now = kept.get(key);
      const may = where === 'anything' || (where === 'nothing' ? now === undefined : now?.equals(where) === true);
      if (may) kept.set(key, Buffer.from(value));
    },
  };
}

const same = (value: Buffer): Buffer => value;

/** Reads a text through the cache. */
async function text(cache: Pick<ReadThrough, 'bytes'>, key: string, load: () => Promise<string | null>): Promise<string | null> {
  const found = await cache.bytes(key, load, (value) => value);
  return found === null ? null : found.toString();
}

interface Loader {
  readonly load: () => Promise<string>;
  readonly loads: () => number;
}

function loader(values: readonly string[] = ['first', 'second', 'third']): Loader {
  let loads = 0;
  return {
    load: async () => {
      loads += 1;
      return values[loads - 1] ?? 'later';
    },
    loads: () => loads,
  };
}

describe('reading through a cache', () => {
  it('reads the database once, and then the cache', async () => {
    const [cache, { load, loads }] = [readThrough(oneServer(), PLAIN_CACHES), loader()];
    expect([await text(cache, 'a', load), await text(cache, 'a', load)]).toEqual(['first', 'first']);
    expect(loads()).toBe(1);
    expect(cache.counts).toMatchObject({ 'cache-1': { lookups: 2, hits: 1, again: 0 } });
  });

  it('keeps bytes as they are, and nothing of what is not there', async () => {
    const [servers, picture] = [oneServer(), Buffer.from([0, 10, 255, 10])];
    const cache = readThrough(servers, PLAIN_CACHES);
    await cache.bytes('p', async () => picture, same);
    expect(await cache.bytes('p', async () => null, same)).toEqual(picture);
    expect(await text(cache, 'gone', async () => null)).toBeNull();
    expect([...servers.kept.keys()]).toEqual(['p']);
  });

  it('makes a value into what is kept once, and gives that to whoever finds it', async () => {
    let made = 0;
    const cache = readThrough(oneServer(), PLAIN_CACHES);
    const page = (): Promise<Buffer | null> =>
      cache.bytes(
        'page',
        async () => ({ title: 'Feed' }),
        ({ title }) => Buffer.from(`${title} ${(made += 1)}`),
      );
    expect([(await page())?.toString(), (await page())?.toString()]).toEqual(['Feed 1', 'Feed 1']);
  });

  it('counts a miss of what had been there as one, and the first as none', async () => {
    const [servers, { load }] = [oneServer(), loader()];
    const cache = readThrough(servers, PLAIN_CACHES);
    await text(cache, 'a', load);
    servers.kept.clear();
    await text(cache, 'a', load);
    expect(cache.counts['cache-1']).toMatchObject({ lookups: 2, hits: 0, again: 1 });
    expect(cache.counts['cache-1']?.againSeconds).toBeLessThan(cache.counts['cache-1']?.missSeconds as number);
  });

  it.each([
    ['aside', false],
    ['read-through', true],
  ] as const)('with strategy %s answers a miss only when the entry is stored: %j', async (strategy, waits) => {
    const servers = oneServer();
    let stored: () => void = () => {};
    const slow = { ...servers, put: () => new Promise<void>((resolve) => (stored = resolve)) };
    const read = text(readThrough(slow, { ...PLAIN_CACHES, strategy }), 'a', async () => 'x');
    let answered = false;
    void read.then(() => (answered = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(!waits);
    stored();
    expect(await read).toBe('x');
  });

  it('after a write reads the database until the hold ends, and keeps nothing meanwhile', async () => {
    const [servers, { load }] = [oneServer(), loader()];
    const cache = readThrough(servers, PLAIN_CACHES);
    await text(cache, 'a', load);
    await cache.drop('a');
    expect([await text(cache, 'a', load), await text(cache, 'a', load)]).toEqual(['second', 'third']);
    expect(cache.counts['cache-1']).toMatchObject({ again: 0 });
    servers.kept.delete('a');
    await text(cache, 'a', load);
    expect(await text(cache, 'a', load)).toBe('later');
    expect(cache.counts['cache-1']).toMatchObject({ hits: 1, again: 0 });
  });

  it('does not put back what was read before a write', async () => {
    const servers = oneServer();
    const cache = readThrough(servers, { ...PLAIN_CACHES, stampede: 'single-flight' });
    let answer: (value: string) => void = () => {};
    const slow = text(cache, 'a', () => new Promise<string>((resolve) => (answer = resolve)));
    await text(cache, 'other', async () => 'x');
    await cache.drop('a');
    answer('old');
    expect(await slow).toBe('old');
    expect(await text(cache, 'a', async () => 'new')).toBe('new');
  });

  it('reads anew before an entry ends, but not over what a write has put there meanwhile', async () => {
    const servers = oneServer();
    const cache = readThrough(servers, { ...PLAIN_CACHES, ttlMs: 0.001, stampede: 'early-refresh' }, () => 0.99);
    await text(cache, 'a', async () => 'old');
    expect(await text(cache, 'a', async () => 'new')).toBe('new');
    let answer: (value: string) => void = () => {};
    const slow = text(cache, 'a', () => new Promise<string>((resolve) => (answer = resolve)));
    await text(cache, 'other', async () => 'x');
    await cache.drop('a');
    answer('old');
    await slow;
    expect(servers.kept.get('a')?.toString()).toBe('-');
  });

  it.each([
    ['absolute', [1_000]],
    ['idle', [1_000, 1_000, 1_000]],
    ['none', [null]],
  ] as const)('with %s expiry gives an entry these lives: %j', async (expiry, lives) => {
    const servers = oneServer();
    const cache = readThrough(servers, { ...PLAIN_CACHES, expiry });
    for (let time = 0; time < 3; time += 1) await text(cache, 'a', async () => 'x');
    expect(servers.lives).toEqual(lives);
  });

  it.each(['idle', 'none'] as const)('with %s expiry refreshes nothing early', async (expiry) => {
    const cache = readThrough(oneServer(), { ...PLAIN_CACHES, ttlMs: 0.001, expiry, stampede: 'early-refresh' }, () => 0.99);
    await text(cache, 'a', async () => 'old');
    expect(await text(cache, 'a', async () => 'new')).toBe('old');
  });

  it('without invalidation goes on with what it has', async () => {
    const [cache, { load }] = [readThrough(oneServer(), { ...PLAIN_CACHES, invalidate: false }), loader()];
    await text(cache, 'a', load);
    await cache.drop('a');
    expect(await text(cache, 'a', load)).toBe('first');
  });

  it.each([
    ['off', 3],
    ['single-flight', 1],
    ['early-refresh', 1],
  ] as const)('with protection %s, three that miss at once read the database %d times', async (stampede, times) => {
    const [cache, { load, loads }] = [readThrough(oneServer(), { ...PLAIN_CACHES, stampede }), loader()];
    await Promise.all(Array.from({ length: 3 }, () => text(cache, 'a', load)));
    expect(loads()).toBe(times);
  });

  it('reads the database where no server answers, or none is to be asked', async () => {
    const servers = oneServer();
    const cache = readThrough(servers, PLAIN_CACHES);
    for (const kind of ['nobody', 'failed'] as const) {
      servers.answer = kind;
      expect(await text(cache, 'a', async () => kind)).toBe(kind);
    }
    expect(cache.counts).toMatchObject({ 'cache-1': { lookups: 1, failed: 1, hits: 0 } });
    servers.answer = null;
    cache.follow({ ...PLAIN_CACHES, through: false });
    await text(cache, 'a', async () => 'x');
    expect(servers.kept.size).toBe(0);
  });

  it('passes an error on, and the next one tries again', async () => {
    const cache = readThrough(oneServer(), { ...PLAIN_CACHES, stampede: 'single-flight' });
    await expect(text(cache, 'a', () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
    expect(await text(cache, 'a', async () => 'x')).toBe('x');
  });
});

describe('a write through the cache', () => {
  const THROUGH = { ...PLAIN_CACHES, strategy: 'write-through' } as const;
  const make = (value: string) => async () => Buffer.from(value);

  it('puts the new value in the place of the old one, and the next reader finds it', async () => {
    const [servers, { load, loads }] = [oneServer(), loader()];
    const cache = readThrough(servers, THROUGH);
    await text(cache, 'a', load);
    await cache.renew({ key: 'a', make: make('new') });
    expect(await text(cache, 'a', load)).toBe('new');
    expect(loads()).toBe(1);
  });

  it('aside takes it out, and makes nothing', async () => {
    const cache = readThrough(oneServer(), PLAIN_CACHES);
    await text(cache, 'a', async () => 'old');
    await cache.renew({ key: 'a', make: () => Promise.reject(new Error('made')) });
    expect(await text(cache, 'a', async () => 'new')).toBe('new');
  });

  it('of two that change the same at once keeps what the later has read', async () => {
    const cache = readThrough(oneServer(), THROUGH);
    let answer: (value: Buffer) => void = () => {};
    const first = cache.renew({ key: 'a', make: () => new Promise<Buffer>((resolve) => (answer = resolve)) });
    await text(cache, 'other', async () => 'x');
    await cache.renew({ key: 'a', make: make('both') });
    answer(Buffer.from('first only'));
    await first;
    expect(await text(cache, 'a', async () => 'read again')).toBe('both');
  });

  it('is done when the database does not say what is there now: whoever reads asks it', async () => {
    const cache = readThrough(oneServer(), THROUGH);
    await text(cache, 'a', async () => 'old');
    await cache.renew({ key: 'a', make: () => Promise.reject(new Error('busy')) });
    expect(await text(cache, 'a', async () => 'new')).toBe('new');
  });
});

describe('an entry', () => {
  const entry = { endsAtMs: 10_000, loadMs: 20, value: Buffer.from('a\nb') };

  it('comes back as it was packed; a placeholder is none', () => {
    expect(unpackEntry(packEntry(entry) as Buffer)).toEqual(entry);
    expect(unpackEntry(Buffer.from(packEntry({ ...entry, value: 'a\nb' })))).toEqual(entry);
    expect(unpackEntry(Buffer.from('-'))).toBeNull();
  });

  it.each([
    [9_000, 0.5, false],
    [9_990, 0.5, true],
    [9_990, 0.9, false],
    [10_000, 1, true],
  ])('at %d ms and chance %d is refreshed early: %s', (nowMs, chance, early) => {
    expect(refreshEarly(entry, nowMs, chance)).toBe(early);
  });
});
