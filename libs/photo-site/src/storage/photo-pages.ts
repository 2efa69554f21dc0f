import type { Query } from './connections.ts';
import type { Database } from './database.ts';

export interface Person {
  readonly id: number;
  readonly name: string;
}

/** All that the page of a photo shows. */
export interface PhotoPage {
  readonly photoId: number;
  readonly caption: string;
  readonly createdAt: string;
  readonly author: Person;
  readonly likes: number;
  /** Newest first, at most 20; comments likewise. */
  readonly likedBy: readonly Person[];
  readonly comments: readonly (Person & { readonly text: string; readonly at: string })[];
}

export interface PhotoPages {
  /** Null where there is no such photo, or no document of it. */
  find(photoId: number): Promise<PhotoPage | null>;
}

interface Row {
  readonly caption: string;
  readonly created_at: Date;
  readonly owner_id: number;
  readonly likes: number;
  readonly liked_by: readonly number[];
  readonly comments: readonly { readonly id: number; readonly text: string; readonly at: string }[];
}

const PAGE = `SELECT p.caption, p.created_at, p.owner_id,
                     (SELECT count(*)::int FROM likes l WHERE l.photo_id = p.id) AS likes,
                     (SELECT coalesce(json_agg(l.user_id ORDER BY l.id DESC), '[]')
                        FROM (SELECT id, user_id FROM likes WHERE photo_id = p.id ORDER BY id DESC LIMIT 20) AS l) AS liked_by,
                     (SELECT coalesce(json_agg(json_build_object('id', c.user_id, 'text', c.body, 'at', c.created_at) ORDER BY c.id DESC), '[]')
                        FROM (SELECT id, user_id, body, created_at FROM comments WHERE photo_id = p.id ORDER BY id DESC LIMIT 20) AS c) AS comments
                FROM photos p WHERE p.id = $1`;
/** Users stand with their own rows, not with the photo: a join across owners is made here. */
const NAMES = `SELECT id, first_name || ' ' || last_name AS name FROM users WHERE id = ANY ($1::bigint[])`;

/** The page put together from rows of photos, likes, comments and users. */
export function photoPages(database: Database): PhotoPages {
  const namesOf = async (ids: readonly number[]): Promise<ReadonlyMap<number, string>> => {
    const found = await database.scatter((query: Query) => query<{ id: number; name: string }>('names', NAMES, [ids]));
    return new Map(found.flat().map(({ id, name }) => [id, name]));
  };
  return {
    async find(photoId) {
      const [row] = await database.read(photoId, (query) => query<Row>('photo-page', PAGE, [photoId]));
      if (row === undefined) return null;
      const names = await namesOf([...new Set([row.owner_id, ...row.liked_by, ...row.comments.map(({ id }) => id)])]);
      const person = (id: number): Person => ({ id, name: names.get(id) ?? '' });
      return {
        photoId,
        caption: row.caption,
        createdAt: row.created_at.toISOString(),
        author: person(row.owner_id),
        likes: row.likes,
        likedBy: row.liked_by.map(person),
        comments: row.comments.map(({ id, text, at }) => ({ ...person(id), text, at: isoOf(at) })),
      };
    },
  };
}

const DOCUMENT = 'SELECT document FROM photo_documents WHERE photo_id = $1';

/** The page as it is kept: one document. */
export function photoDocuments(database: Database): PhotoPages {
  return {
    async find(photoId) {
      const [row] = await database.read(photoId, (query) => query<{ document: PhotoPage }>('photo-document', DOCUMENT, [photoId]));
      return row === undefined ? null : inOrder(row.document);
    },
  };
}

/** jsonb forgets the order of keys, and has times in its own way. */
function inOrder({ photoId, caption, createdAt, author, likes, likedBy, comments }: PhotoPage): PhotoPage {
  const person = ({ id, name }: Person): Person => ({ id, name });
  return {
    photoId,
    caption,
    createdAt: isoOf(createdAt),
    author: person(author),
    likes,
    likedBy: likedBy.map(person),
    comments: comments.map((comment) => ({ ...person(comment), text: comment.text, at: isoOf(comment.at) })),
  };
}

function isoOf(time: string): string {
  return new Date(time).toISOString();
}
