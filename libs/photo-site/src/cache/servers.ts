import type { PeerServer } from '@loadstair/site-plan';
import { SITE_LIMITS } from '../limits.ts';
import { ringOf, type Ring } from './ring.ts';
import { openCacheServer, type CacheServer, type Where } from './server.ts';
import type { WriteQueue } from './write-queue.ts';

/** What came of asking for a key, and of whom it was asked. */
export type Answer =
  | { readonly kind: 'there'; readonly host: string; readonly value: Buffer }
  | { readonly kind: 'absent'; readonly host: string }
  /** It did not answer in time, or broke off. */
  | { readonly kind: 'failed'; readonly host: string }
  /** No server is in service. */
  | { readonly kind: 'nobody' };

/** Cache servers, each with its part of the keys. Nothing here rejects: without an answer there is the database. */
export interface CacheServers {
  get(key: string): Promise<Answer>;
  /**
   * @param ttlMs null for as long as there is room
   * @param awaited whether somebody waits for it; else it may be a little later
   */
  put(key: string, value: Buffer | string, ttlMs: number | null, where: Where, awaited?: boolean): Promise<void>;
  /** Gives an entry so long to live from now on, where it is one still. */
  touch(key: string, ttlMs: number): Promise<void>;
  /** As `WriteQueue.add`, on the server that has the key. @returns `unknown` where no server has said whether it took the write */
  enqueue(...entry: Parameters<WriteQueue['add']>): Promise<'queued' | 'changed' | 'unknown'>;
  /** The queue of each server in service; what one does not answer is empty. */
  queues(): readonly Pick<WriteQueue, 'oldest' | 'remove'>[];
  /** From now on these are the servers. */
  adopt(hosts: readonly PeerServer[]): void;
  close(): void;
}

/**
 * A server that is not gone answers in well under its limit, even stopped by its CPU limit for a period. So many without an answer in a
 * row, and it is out of service until it greets again.
 */
const { bad: BAD_ANSWERS } = SITE_LIMITS.cache;

interface Member {
  readonly server: CacheServer;
  inService: boolean;
  bad: number;
}

export function cacheServers(onError: (error: unknown) => void): CacheServers {
  const members = new Map<string, Member>();
  let ring: Ring = ringOf([]);
  const turnRing = (): void => {
    ring = ringOf([...members].filter(([, { inService }]) => inService).map(([name]) => name));
  };

  const open = (host: PeerServer): Member => {
    const member: Member = {
      server: openCacheServer(host, (inService) => {
        member.bad = 0;
        if (member.inService === inService) return;
        member.inService = inService;
        turnRing();
      }),
      inService: false,
      bad: 0,
    };
    return member;
  };
  const failed = (member: Member, error: unknown): void => {
    // It answered, if only that it has no room for another entry.
    if ((error as Error).name === 'ReplyError') return;
    member.bad += 1;
    if (member.bad < BAD_ANSWERS || !member.inService) return;
    onError(new Error(`${member.server.host.name} does not answer: the others take its keys.`));
    // At once: others that waited for it are told in the same moment, and once is enough.
    member.inService = false;
    turnRing();
    // It is back when it answers the greeting.
    member.server.greet();
  };
  const memberOf = (key: string): Member | null => {
    const name = ring.hostOf(key);
    return name === null ? null : (members.get(name) ?? null);
  };

  const write = async (key: string, work: (server: CacheServer) => Promise<void>): Promise<void> => {
    const member = memberOf(key);
    if (member === null) return;
    try {
      await work(member.server);
    } catch (error) {
      failed(member, error);
    }
  };

  /** What a server in service answers; `otherwise` where it does not. */
  const asked = async <Result>(member: Member, work: Promise<Result>, otherwise: Result): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      failed(member, error);
      return otherwise;
    }
  };

  return {
    async get(key) {
      const member = memberOf(key);
      if (member === null) return { kind: 'nobody' };
      const host = member.server.host.name;
      try {
        const value = await member.server.get(key);
        member.bad = 0;
        return value === null ? { kind: 'absent', host } : { kind: 'there', host, value };
      } catch (error) {
        failed(member, error);
        return { kind: 'failed', host };
      }
    },
    put: (key, value, ttlMs, where, awaited = where === 'anything') =>
      write(key, (server) => server.put(key, value, ttlMs, where, awaited)),
    touch: (key, ttlMs) => write(key, (server) => server.touch(key, ttlMs)),
    async enqueue(...entry) {
      const member = memberOf(entry[0]);
      if (member === null) return 'unknown';
      const queued = await asked(member, member.server.queue.add(...entry), null);
      return queued === null ? 'unknown' : queued ? 'queued' : 'changed';
    },
    queues: () =>
      [...members.values()]
        .filter(({ inService }) => inService)
        .map((member) => ({
          oldest: (most, holder) => asked<readonly string[]>(member, member.server.queue.oldest(most, holder), []),
          remove: (writes) => asked(member, member.server.queue.remove(writes), undefined),
        })),
    adopt(hosts) {
      const wanted = new Map(hosts.map((host) => [host.name, host]));
      for (const [name, { server }] of members) {
        const same = wanted.get(name);
        if (same?.address === server.host.address && same.port === server.host.port) continue;
        members.delete(name);
        server.close();
      }
      for (const [name, host] of wanted) if (!members.has(name)) members.set(name, open(host));
      turnRing();
    },
    close() {
      for (const { server } of members.values()) server.close();
    },
  };
}
