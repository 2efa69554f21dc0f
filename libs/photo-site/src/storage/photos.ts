import type { Query } from './connections.ts';
import type { Database } from './database.ts';
import type { Ids } from './ids.ts';

export interface FeedItem {
  readonly photoId: number;
  readonly caption: string;
  readonly createdAt: string;
  readonly author: { readonly id: number; readonly name: string };
  readonly likes: number;
  readonly comments: number;
}

export interface Feed {
  readonly user: { readonly id: number; readonly name: string };
  readonly items: readonly FeedItem[];
}

export interface Photo extends FeedItem {
  readonly imageId: number;
}

export interface Comment {
  readonly id: number;
  readonly userId: number;
  readonly author: string;
  readonly text: string;
  readonly createdAt: string;
}

/** What was referred to does not exist. */
export class NotThere extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'NotThere';
  }
}

export interface Photos {
  /** The newest photos of whom a user follows, newest first; null when there is no such user. */
  feed(userId: number): Promise<Feed | null>;
  /** The most liked of the newest photos of whom a user follows, most liked first; null when there is no such user. */
  popular(userId: number): Promise<Feed | null>;
  /** Newest photos of one user. */
  ofUser(userId: number): Promise<readonly FeedItem[]>;
  /** @param from where every write is seen; else a replica that is a little behind may answer */
  find(id: number, from?: 'primary'): Promise<Photo | null>;
  /** A photo of a picture that is kept already (files.ts). Throws NotThere for an unknown user. */
  add(userId: number, caption: string, imageId: number): Promise<Photo>;
  /** True when the like is new. Throws NotThere. */
  like(photoId: number, userId: number): Promise<boolean>;
  /** Throws NotThere. */
  comment(photoId: number, author: { readonly id: number; readonly name: string }, text: string): Promise<Comment>;
  comments(photoId: number, from?: 'primary'): Promise<readonly Comment[]>;
}

interface ItemRow {
  id: number;
  caption: string;
  created_at: Date;
  owner_id: number;
  name: string;
  likes: number;
  comments: number;
  image_id: number;
}

/** Photos a feed chooses from and shows. */
const FEED_FOLLOWS = 50;
const FEED_ROWS = 30;
const POPULAR_ROWS = 10;
/** The newest comments of a photo that are shown. */
export const COMMENTS_SHOWN = 20;

/** Whom a user follows, as a text that goes back to the databases as it came. */
const FOLLOWER = `SELECT first_name || ' ' || last_name AS name,
                         ARRAY(SELECT followee_id FROM follows WHERE owner_id = $1 LIMIT ${FEED_FOLLOWS})::text AS followed
                    FROM users WHERE id = $1`;

const ITEM = `p.id, p.caption, p.created_at, p.owner_id, p.image_id, u.first_name || ' ' || u.last_name AS name,
              (SELECT count(*)::int FROM likes l WHERE l.photo_id = p.id) AS likes,
              (SELECT count(*)::int FROM comments c WHERE c.photo_id = p.id) AS comments`;

/** The newest photos of each of the users $1, as far as their rows stand here. */
const FOLLOWED_PHOTOS = `unnest($1::bigint[]) AS followed
                       CROSS JOIN LATERAL (SELECT * FROM photos WHERE owner_id = followed ORDER BY created_at DESC LIMIT 3) AS f`;
const FEED = `SELECT ${ITEM}
                FROM (SELECT f.* FROM ${FOLLOWED_PHOTOS} ORDER BY f.created_at DESC LIMIT ${FEED_ROWS}) AS p
                JOIN users u ON u.id = p.owner_id
               ORDER BY p.created_at DESC`;
const POPULAR = `SELECT ${ITEM}
                   FROM (SELECT f.*, (SELECT count(*) FROM likes l WHERE l.photo_id = f.id) AS liked
                           FROM ${FOLLOWED_PHOTOS} ORDER BY liked DESC, f.id LIMIT ${POPULAR_ROWS}) AS p
                   JOIN users u ON u.id = p.owner_id
                  ORDER BY p.liked DESC, p.id`;

const OF_USER = `SELECT ${ITEM} FROM photos p JOIN users u ON u.id = p.owner_id WHERE p.owner_id = $1 ORDER BY p.created_at DESC LIMIT ${FEED_ROWS}`;
const PHOTO = `SELECT ${ITEM} FROM photos p JOIN users u ON u.id = p.owner_id WHERE p.id = $1`;
const ADD = 'INSERT INTO photos (id, owner_id, image_id, caption) VALUES ($1, $2, $3, $4)';
const LIKE = `WITH photo AS (SELECT id, owner_id FROM photos WHERE id = $1),
                   made AS (INSERT INTO likes (id, photo_id, owner_id, user_id) SELECT $3, id, owner_id, $2 FROM photo
                            ON CONFLICT DO NOTHING RETURNING id)
              SELECT EXISTS (SELECT 1 FROM photo) AS there, EXISTS (SELECT 1 FROM made) AS made`;
/** With the author's name, whose row may stand in another database. */
const COMMENT = `INSERT INTO comments (id, photo_id, owner_id, user_id, author, body) SELECT $2, id, owner_id, $3, $4, $5 FROM photos WHERE id = $1
                 RETURNING id, user_id, author, body, created_at`;
const COMMENTS = `SELECT id, user_id, author, body, created_at FROM comments WHERE photo_id = $1 ORDER BY id DESC LIMIT ${COMMENTS_SHOWN}`;

interface CommentRow {
  id: number;
  user_id: number;
  author: string;
  body: string;
  created_at: Date;
}

export function postgresPhotos(database: Database, ids: Ids): Photos {
  const find = async (query: Query, id: number): Promise<Photo | null> => {
    const [row] = await query<ItemRow>('photo', PHOTO, [id]);
    return row === undefined ? null : { ...toItem(row), imageId: row.image_id };
  };
  /** Whom a user follows stands with the user, their photos with them. */
  const chosen = async (userId: number, name: 'feed' | 'popular'): Promise<Feed | null> => {
    const [user] = await database.read(userId, (query) => query<{ name: string; followed: string }>('follower', FOLLOWER, [userId]));
    if (user === undefined) return null;
    const { text, compare, rows } = CHOICES[name];
    const found = await database.scatter((query) => query<ItemRow>(name, text, [user.followed]));
    // What a database answers is in order.
    const items = found.length === 1 ? (found[0] as ItemRow[]) : found.flat().sort(compare).slice(0, rows);
    return { user: { id: userId, name: user.name }, items: items.map(toItem) };
  };
  return {
    feed: (userId) => chosen(userId, 'feed'),
    popular: (userId) => chosen(userId, 'popular'),
    ofUser: async (userId) => (await database.read(userId, (query) => query<ItemRow>('photos-of', OF_USER, [userId]))).map(toItem),
    find: (id, from) => database[from === 'primary' ? 'write' : 'read'](id, (query) => find(query, id)),
    add: (userId, caption, imageId) =>
      orNotThere(() =>
        database.write(userId, async (query) => {
          const id = ids.of(userId);
          await query('photo-add', ADD, [id, userId, imageId, caption]);
          return (await find(query, id)) as Photo;
        }),
      ),
    async like(photoId, userId) {
      const [row] = await database.write(photoId, (query) =>
        query<{ there: boolean; made: boolean }>('like', LIKE, [photoId, userId, ids.of(photoId)]),
      );
      if (row?.there !== true) throw new NotThere('The photo does not exist.');
      return row.made;
    },
    async comment(photoId, author, text) {
      const [row] = await database.write(photoId, (query) =>
        query<CommentRow>('comment', COMMENT, [photoId, ids.of(photoId), author.id, author.name, text]),
      );
      if (row === undefined) throw new NotThere('The photo does not exist.');
      return toComment(row);
    },
    comments: async (photoId, from) => {
      const work = (query: Query): Promise<CommentRow[]> => query<CommentRow>('comments', COMMENTS, [photoId]);
      return (await database[from === 'primary' ? 'write' : 'read'](photoId, work)).map(toComment);
    },
  };
}

/** How each is chosen, and put in order where it comes from several databases. */
const CHOICES = {
  feed: { text: FEED, rows: FEED_ROWS, compare: (a: ItemRow, b: ItemRow) => b.created_at.getTime() - a.created_at.getTime() },
  popular: { text: POPULAR, rows: POPULAR_ROWS, compare: (a: ItemRow, b: ItemRow) => b.likes - a.likes || a.id - b.id },
} as const;

function toItem(row: ItemRow): FeedItem {
  return {
    photoId: row.id,
    caption: row.caption,
    createdAt: row.created_at.toISOString(),
    author: { id: row.owner_id, name: row.name },
    likes: row.likes,
    comments: row.comments,
  };
}

function toComment(row: CommentRow): Comment {
  return { id: row.id, userId: row.user_id, author: row.author, text: row.body, createdAt: row.created_at.toISOString() };
}

/** SQLSTATE 23503: the row referred to is not there. */
export async function orNotThere<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === '23503') throw new NotThere('The photo or user does not exist.');
    throw error;
  }
}
