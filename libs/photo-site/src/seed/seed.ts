import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { EVERYBODY } from '../storage/database.ts';
import { migrate } from '../storage/migrate.ts';
import { sampleImage } from './sample-image.ts';

export interface SeedSize {
  readonly users: number;
  readonly photos: number;
}

/** Seeded photos share this many pictures; more would fill the disk and change no measurement. */
const IMAGES = 12;

/** Brings an empty database to its first state: schema, then rows that are the same every time. */
export async function seed(databaseUrl: string, size: SeedSize): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await migrate(client);
    const { rows } = await client.query('SELECT 1 FROM users LIMIT 1');
    if (rows.length > 0) return;
    await client.query('BEGIN');
    for (let index = 1; index <= IMAGES; index += 1) {
      await client.query('INSERT INTO files (id, owner_id, content) VALUES ($1, $2, $3)', [index, EVERYBODY, await sampleImage(index)]);
    }
    const sql = readFileSync(join(import.meta.dirname, 'seed.sql'), 'utf8')
      .replaceAll(':users', String(size.users))
      .replaceAll(':photos', String(size.photos))
      .replaceAll(':images', String(IMAGES));
    await client.query(sql);
    await client.query('COMMIT');
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}
