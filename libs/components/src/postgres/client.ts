import pg from 'pg';
import { PORTS, type PlacedHost, type Placement } from '@loadstair/topology';
import type { ComponentContext } from '../component.ts';

/** Short, because a socket's path may have 107 bytes only. */
export function socketFolder(host: PlacedHost, placement: Placement): string {
  return `/tmp/loadstair-${placement.instance}-${host.name}`;
}

const clients = new Map<string, pg.Client>();

/** One kept connection a host, over the local socket: it answers while the served port is full. */
export async function withClient<Result>(context: ComponentContext, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const folder = socketFolder(context.host, context.placement);
  let client = clients.get(folder);
  if (client === undefined) {
    client = new pg.Client({
      host: folder,
      port: PORTS.postgres,
      user: 'loadstair',
      database: 'photos',
      connectionTimeoutMillis: 2000,
      query_timeout: 2000,
    });
    // A server that goes away ends the connection; the next read makes a new one.
    client.on('error', () => clients.delete(folder));
    await client.connect();
    clients.set(folder, client);
  }
  try {
    return await work(client);
  } catch (error) {
    clients.delete(folder);
    await client.end().catch(() => {});
    throw error;
  }
}
