import pg from 'pg';
import type { ComponentContext } from '../component.ts';
import type { DatabaseContent } from '../database-content.ts';
import { PORT } from './declaration.ts';
import { LAB_USER } from './users.ts';

const clients = new Map<string, pg.Client>();

/** The lab's own way to a server: its local socket, which answers while the served port is full, and which only the lab can enter. */
export function labConnection({ socketFolder, content }: Server): pg.ClientConfig {
  return { host: socketFolder, port: PORT, user: LAB_USER, database: databaseName(content) };
}

type Server = Pick<ComponentContext, 'socketFolder' | 'content'>;

/** The one that PostgreSQL makes itself, where nobody keeps anything. */
const EMPTY = 'postgres';

export function databaseName(content: DatabaseContent | null): string {
  return content?.name ?? EMPTY;
}

/** One kept connection a host. */
export async function withClient<Result>(context: ComponentContext, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const folder = context.socketFolder;
  let client = clients.get(folder);
  if (client === undefined) {
    client = new pg.Client({ ...labConnection(context), connectionTimeoutMillis: 2000, query_timeout: 2000 });
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
export async function withNewClient<Result>(server: Server, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(labConnection(server));
  await client.connect();
  return work(client).finally(() => client.end());
}
