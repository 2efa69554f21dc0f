import type { Database } from './database.ts';

/** The name of a user, which pages of many photos show. */
export interface Names {
  /** Gives how many rows or documents were written; null when there is no such user. */
  rename(userId: number, firstName: string, lastName: string): Promise<number | null>;
}

const RENAME = 'UPDATE users SET first_name = $2, last_name = $3 WHERE id = $1 RETURNING id';

/** A name stands in one row. */
export function rowNames(database: Database): Names {
  return {
    async rename(userId, firstName, lastName) {
      const made = await database.write(userId, (query) => query('rename', RENAME, [userId, firstName, lastName]));
      return made.length === 0 ? null : made.length;
    },
  };
}

const RENAME_USER = `UPDATE user_documents SET document = document || jsonb_build_object('firstName', $2::text, 'lastName', $3::text)
                      WHERE owner_id = $1 RETURNING owner_id`;
const NAMED_IN = 'SELECT photo_id AS id FROM photo_documents WHERE people @> ARRAY[$1::bigint]';
/** A part of a document is changed by writing the whole of it again. */
const RENAME_PHOTOS = `UPDATE photo_documents
                          SET document = document || jsonb_build_object('author', renamed(jsonb_build_array(document -> 'author'), $2, $3) -> 0,
                                                                        'likedBy', renamed(document -> 'likedBy', $2, $3),
                                                                        'comments', renamed(document -> 'comments', $2, $3))
                        WHERE photo_id = ANY ($1::bigint[]) RETURNING photo_id`;

/** A name stands in the user's document and in that of every photo which shows it. */
export function documentNames(database: Database): Names {
  return {
    async rename(userId, firstName, lastName) {
      const made = await database.write(userId, (query) => query('rename-user-document', RENAME_USER, [userId, firstName, lastName]));
      if (made.length === 0) return null;
      const found = (await database.scatter((query) => query<{ id: number }>('named-in', NAMED_IN, [userId]))).flat();
      let count = made.length;
      for (const photos of database.together(found.map(({ id }) => id))) {
        const values = [photos, userId, `${firstName} ${lastName}`];
        count += (await database.write(photos[0] as number, (query) => query('rename-photo-documents', RENAME_PHOTOS, values))).length;
      }
      return count;
    },
  };
}
