import type { Database } from './database.ts';
import type { Ids } from './ids.ts';

/** Where the bytes of pictures are kept; what stands behind it is the stage's choice. */
export interface Files {
  /** Keeps a file of an owner; its id. A file never changes. */
  put(ownerId: number, content: Buffer): Promise<number>;
  /**
   * Null when there is no such file.
   *
   * @param key an id of something of the owner's: files of the seed are everybody's, and their ids tell no owner
   */
  get(key: number, id: number): Promise<Buffer | null>;
}

const PUT = 'INSERT INTO files (id, owner_id, content) VALUES ($1, $2, $3)';
const GET = 'SELECT content FROM files WHERE id = $1';

/** Files beside the rows. */
export function postgresFiles(database: Database, ids: Ids): Files {
  return {
    async put(ownerId, content) {
      const id = ids.of(ownerId);
      await database.write(ownerId, (query) => query('file-put', PUT, [id, ownerId, content]));
      return id;
    },
    async get(key, id) {
      const [row] = await database.read(key, (query) => query<{ content: Buffer }>('file', GET, [id]));
      return row?.content ?? null;
    },
  };
}
