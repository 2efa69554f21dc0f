import type { Database } from './database.ts';
import type { Ids } from './ids.ts';
import type { Comment } from './photos.ts';

/** A comment whose row is perhaps not written yet, and the photo it is about. */
export interface LateComment {
  readonly photoId: number;
  readonly comment: Comment;
}

/** Comments whose rows are written some time after their ids are given. */
export interface LateComments {
  make(photoId: number, author: { readonly id: number; readonly name: string }, text: string): Comment;
  /** Writes rows, many at once. A row that is there already is left as it is, and one whose photo is gone is left out. */
  write(comments: readonly LateComment[]): Promise<void>;
}

const WRITE = `INSERT INTO comments (id, photo_id, owner_id, user_id, author, body, created_at)
               SELECT c.id, p.id, p.owner_id, c.user_id, c.author, c.body, c.created_at
                 FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[])
                      AS c (id, photo_id, user_id, author, body, created_at)
                 JOIN photos p ON p.id = c.photo_id
               ON CONFLICT DO NOTHING`;

export function postgresLateComments(database: Database, ids: Ids): LateComments {
  return {
    make: (photoId, author, text) => ({
      id: ids.of(photoId),
      userId: author.id,
      author: author.name,
      text,
      createdAt: new Date().toISOString(),
    }),
    async write(comments) {
      const byPhoto = Map.groupBy(comments, ({ photoId }) => photoId);
      for (const photos of database.together([...byPhoto.keys()])) {
        const [first] = photos;
        if (first === undefined) continue;
        const rows = photos.flatMap((photo) => byPhoto.get(photo) ?? []);
        const shown = rows.map(({ comment }) => comment);
        const values = [
          shown.map(({ id }) => id),
          rows.map(({ photoId }) => photoId),
          shown.map(({ userId }) => userId),
          shown.map(({ author }) => author),
          shown.map(({ text }) => text),
          shown.map(({ createdAt }) => createdAt),
        ];
        await database.write(first, (query) => query('comments-late', WRITE, values));
      }
    },
  };
}
