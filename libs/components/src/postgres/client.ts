import pg from 'pg';
import { PORTS } from '@loadstair/topology';
import type { ComponentContext } from '../component.ts';
import { DATABASE, LAB_USER } from './users.ts';

const clients = new Map<string, pg.Client>();

/** The lab's own way to a server: its local socket, which answers while the served port is full, and which only the lab can enter. */
export function labConnection(socketFolder: string): pg.ClientConfig {
  return { host: socketFolder, port: PORTS.postgres, user: LAB_USER, database: DATABASE };
}

/** One kept connection a host. */
export async function withClient<Result>(context: ComponentContext, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const folder = context.socketFolder;
  let client = clients.get(folder);
  if (client === undefined) {
    client = new pg.Client({ ...labConnection(folder), connectionTimeoutMillis: 2000, query_timeout: 2000 });
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

/** On a connection of its own: what is asked may take longer than the kept one may be silent. */
export async function withNewClient<Result>(socketFolder: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(labConnection(socketFolder));
  await client.connect();
  return work(client).finally(() => client.end());
}
