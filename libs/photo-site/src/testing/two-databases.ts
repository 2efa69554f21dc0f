import type { DatabaseGroup } from '@loadstair/site-plan';
import type { Database } from '../storage/database.ts';
import { bucketOf } from '../storage/ids.ts';
import { migrate } from '../storage/migrate.ts';
import { openDatabase } from '../storage/open-database.ts';
import { startPostgres, withClient } from './postgres.ts';

export interface TwoDatabases {
  readonly urls: readonly [string, string];
  /** The site's way to its data, which is divided between them. */
  readonly database: Database;
  stop(): Promise<void>;
}

/** Which of the two has the rows of an owner. */
export function partOf(key: number): 0 | 1 {
  return bucketOf(key) % 2 === 0 ? 0 : 1;
}

/** Two databases of one server, each a group of its own with half of the site's rows; they hold the price list and nothing else. */
export async function startTwoDatabases(address: string): Promise<TwoDatabases> {
  const server = await startPostgres(address);
  await withClient(server.url, (client) => client.query('CREATE DATABASE other'));
  const urls = [server.url, server.url.replace(/photos$/, 'other')] as const;
  for (const url of urls) {
    await withClient(url, async (client) => {
      await migrate(client);
      await client.query(`INSERT INTO prices VALUES ('10x15', 39)`);
    });
  }
  const group = (name: string, url: string): DatabaseGroup => ({ name, primary: { name: `${name}-1`, url }, replicas: null });
  const { database } = openDatabase([group('first', urls[0]), group('second', urls[1])], 'none', 4, (error) => {
    throw error;
  });
  return {
    urls,
    database,
    async stop() {
      await database.close();
      await server.stop();
    },
  };
}
