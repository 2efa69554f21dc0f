import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { ComponentContext } from '../component.ts';
import { LAB_USER } from './config.ts';

const clients = new Map<string, Redis>();
const ANSWER_MS = 2_000;

export function socketOf({ socketFolder }: Pick<ComponentContext, 'socketFolder'>): string {
  return join(socketFolder, 'redis.sock');
}

/** One kept connection a host, over the local socket. */
export async function withClient<Result>(context: ComponentContext, work: (client: Redis) => Promise<Result>): Promise<Result> {
  const path = socketOf(context);
  let client = clients.get(path);
  if (client === undefined) {
    client = new Redis({
      path,
      username: LAB_USER,
      password: context.secrets.cacheAdmin,
      commandTimeout: ANSWER_MS,
      connectTimeout: ANSWER_MS,
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      // A server that went away is asked over a new connection, when somebody asks.
      retryStrategy: () => null,
    });
    client.on('error', () => {});
    client.on('end', () => clients.delete(path));
    clients.set(path, client);
  }
  try {
    return await work(client);
  } catch (error) {
    clients.delete(path);
    client.disconnect();
    throw error;
  }
}
