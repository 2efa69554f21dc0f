import { Redis } from 'ioredis';
import type { PeerServer } from '@loadstair/site-plan';
import { SITE_LIMITS } from '../limits.ts';
import { ringOf, type Ring } from './ring.ts';

/** What came of asking for a key, and of whom it was asked. */
export type Answer =
  | { readonly kind: 'there'; readonly host: string; readonly value: Buffer }
  | { readonly kind: 'absent'; readonly host: string }
  /** It did not answer in time, or broke off. */
  | { readonly kind: 'failed'; readonly host: string }
  /** No server is in service. */
  | { readonly kind: 'nobody' };

/** Only where nothing stands, whatever stands there, or only in the place of the very bytes that stood there before. */
export type Where = 'nothing' | 'anything' | Buffer;

/** Cache servers, each with its part of the keys. Nothing here rejects: without an answer there is the database. */
export interface CacheServers {
  get(key: string): Promise<Answer>;
  put(key: string, value: Buffer | string, ttlMs: number, where: Where): Promise<void>;
  /** From now on these are the servers. */
  adopt(hosts: readonly PeerServer[]): void;
  close(): void;
}

/**
 * A server that is not gone answers in well under that, even stopped by its CPU limit for a period. So many without an answer in a row,
 * and it is out of service until it greets again.
 */
const { answerMs: ANSWER_MS, connectMs: CONNECT_MS, bad: BAD_ANSWERS } = SITE_LIMITS.cache;
const AGAIN_MS = 500;

const SET_IF_SAME = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end`;

interface Server {
  readonly host: PeerServer;
  readonly client: Redis;
  inService: boolean;
  bad: number;
}

export function cacheServers(onError: (error: unknown) => void): CacheServers {
  const servers = new Map<string, Server>();
  let ring: Ring = ringOf([]);
  const turnRing = (): void => {
    ring = ringOf([...servers.values()].filter(({ inService }) => inService).map(({ host }) => host.name));
  };

  const open = (host: PeerServer): Server => {
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
    const server: Server = { host, client, inService: false, bad: 0 };
    const turn = (inService: boolean): void => {
      server.bad = 0;
      if (server.inService === inService) return;
      server.inService = inService;
      turnRing();
    };
    client.on('ready', () => turn(true));
    client.on('close', () => turn(false));
    // Refused connections are told by `close` too; nobody listening would end the process.
    client.on('error', () => {});
    return server;
  };
  const failed = (server: Server, error: unknown): void => {
    // It answered, if only that it has no room for another entry.
    if ((error as Error).name === 'ReplyError') return;
    server.bad += 1;
    if (server.bad < BAD_ANSWERS || !server.inService) return;
    onError(new Error(`${server.host.name} does not answer: the others take its keys.`));
    // At once: others that waited for it are told in the same moment, and once is enough.
    server.inService = false;
    turnRing();
    // Ends what waits for it, and greets it anew: it is back when it answers that.
    server.client.disconnect(true);
  };
  const serverOf = (key: string): Server | null => {
    const name = ring.hostOf(key);
    return name === null ? null : (servers.get(name) ?? null);
  };

  return {
    async get(key) {
      const server = serverOf(key);
      if (server === null) return { kind: 'nobody' };
      try {
        const value = await server.client.getBuffer(key);
        server.bad = 0;
        return value === null ? { kind: 'absent', host: server.host.name } : { kind: 'there', host: server.host.name, value };
      } catch (error) {
        failed(server, error);
        return { kind: 'failed', host: server.host.name };
      }
    },
    async put(key, value, ttlMs, where) {
      const server = serverOf(key);
      if (server === null) return;
      const ms = Math.max(1, Math.round(ttlMs));
      try {
        if (where === 'anything') await server.client.set(key, value, 'PX', ms);
        else if (where === 'nothing') await server.client.set(key, value, 'PX', ms, 'NX');
        else await server.client.eval(SET_IF_SAME, 1, key, where, value, ms);
      } catch (error) {
        failed(server, error);
      }
    },
    adopt(hosts) {
      const wanted = new Map(hosts.map((host) => [host.name, host]));
      for (const [name, { host, client }] of servers) {
        const same = wanted.get(name);
        if (same?.address === host.address && same.port === host.port) continue;
        servers.delete(name);
        client.disconnect();
      }
      for (const [name, host] of wanted) if (!servers.has(name)) servers.set(name, open(host));
      turnRing();
    },
    close() {
      for (const { client } of servers.values()) client.disconnect();
    },
  };
}
