import { Redis } from 'ioredis';
import type { PeerServer } from '@loadstair/site-plan';
import { SITE_LIMITS } from '../limits.ts';
import { writeQueue, type WriteQueue } from './write-queue.ts';

/** Only where nothing stands, whatever stands there, or only in the place of the very bytes that stood there before. */
export type Where = 'nothing' | 'anything' | Buffer;

/** Begins what stands in the place of an entry that a write has made wrong. */
export const HELD = '-';

/**
 * One cache server. Whatever is asked of it in one turn of the event loop goes in one write and is answered in one: a round trip of its
 * own for each entry costs a web server more than all the rest of a lookup.
 */
export interface CacheServer {
  readonly host: PeerServer;
  /** Rejects when it does not answer in time. */
  get(key: string): Promise<Buffer | null>;
  /** Rejects as `get` does, and where the server has no room. @param ttlMs null for as long as there is room @param awaited whether somebody waits for it */
  put(key: string, value: Buffer | string, ttlMs: number | null, where: Where, awaited: boolean): Promise<void>;
  /** Gives an entry so long to live from now on, where it is one still. Rejects as `get` does. */
  touch(key: string, ttlMs: number): Promise<void>;
  readonly queue: WriteQueue;
  /** Ends what waits for it, and greets it anew. */
  greet(): void;
  close(): void;
}

interface Lookup {
  readonly key: string;
  resolve(value: Buffer | null): void;
  reject(error: unknown): void;
}

const { answerMs: ANSWER_MS, connectMs: CONNECT_MS } = SITE_LIMITS.cache;
const AGAIN_MS = 500;
/** How long an entry that nobody waits for may wait for a lookup to go with: far less than a write holds its key back. */
const FILL_WAITS_MS = 100;

const SET_IF_SAME = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('SET', KEYS[1], ARGV[2], unpack(ARGV, 3)) end`;

/** A write may have put its placeholder in the entry's place meanwhile: that must not live longer. */
const TOUCH = `if redis.call('GETRANGE', KEYS[1], 0, 0) ~= '${HELD}' then return redis.call('PEXPIRE', KEYS[1], ARGV[1]) end`;

/** @param onService called with whether the server is there, whenever that changes */
export function openCacheServer(host: PeerServer, onService: (inService: boolean) => void): CacheServer {
  const client = new Redis({
    host: host.address,
    port: host.port,
    ...(host.password === undefined ? {} : { username: host.user ?? 'default', password: host.password }),
    commandTimeout: ANSWER_MS,
    connectTimeout: CONNECT_MS,
    // Who asks a server that is not there must not wait for it to come back.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => AGAIN_MS,
  });
  client.on('ready', () => onService(true));
  client.on('close', () => onService(false));
  // Refused connections are told by `close` too; nobody listening would end the process.
  client.on('error', () => {});

  let lookups: Lookup[] = [];
  let writes: (() => void)[] = [];
  let thisTurn: NodeJS.Immediate | null = null;
  let fillsLater: NodeJS.Timeout | null = null;

  const send = (): void => {
    if (thisTurn !== null) clearImmediate(thisTurn);
    if (fillsLater !== null) clearTimeout(fillsLater);
    thisTurn = fillsLater = null;
    const [asked, written] = [lookups, writes];
    lookups = [];
    writes = [];
    const { stream } = client;
    stream.cork();
    try {
      lookUp(client, asked);
      for (const write of written) write();
    } finally {
      stream.uncork();
    }
  };
  const sendThisTurn = (): void => {
    thisTurn ??= setImmediate(send);
  };
  const sendLater = (): void => {
    fillsLater ??= setTimeout(send, FILL_WAITS_MS);
  };
  const enqueue = (write: () => Promise<unknown>): Promise<void> =>
    new Promise((resolve, reject) => {
      writes.push(() => write().then(() => resolve(), reject));
    });

  return {
    host,
    get: (key) =>
      new Promise((resolve, reject) => {
        lookups.push({ key, resolve, reject });
        sendThisTurn();
      }),
    put(key, value, ttlMs, where, awaited) {
      if (awaited) sendThisTurn();
      else sendLater();
      return enqueue(() => set(client, key, value, ttlMs, where));
    },
    touch(key, ttlMs) {
      sendLater();
      return enqueue(() => client.eval(TOUCH, 1, key, wholeMs(ttlMs)));
    },
    queue: writeQueue(client),
    greet: () => client.disconnect(true),
    close() {
      if (thisTurn !== null || fillsLater !== null) send();
      client.disconnect();
    },
  };
}

/** All in one command, which is one answer to wait for and one limit of time. */
function lookUp(client: Redis, asked: readonly Lookup[]): void {
  const [first, second] = asked;
  if (first === undefined) return;
  if (second === undefined) return void client.getBuffer(first.key).then(first.resolve, first.reject);
  client.mgetBuffer(asked.map(({ key }) => key)).then(
    (values) => {
      for (const [index, { resolve }] of asked.entries()) resolve(values[index] ?? null);
    },
    (error: unknown) => {
      for (const { reject } of asked) reject(error);
    },
  );
}

function set(client: Redis, key: string, value: Buffer | string, ttlMs: number | null, where: Where): Promise<unknown> {
  const life = ttlMs === null ? [] : (['PX', wholeMs(ttlMs)] as const);
  if (where === 'anything') return client.call('set', key, value, ...life);
  if (where === 'nothing') return client.call('set', key, value, ...life, 'NX');
  return client.eval(SET_IF_SAME, 1, key, where, value, ...life);
}

function wholeMs(ms: number): number {
  return Math.max(1, Math.round(ms));
}
