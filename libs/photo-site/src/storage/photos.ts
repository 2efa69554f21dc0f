import type { Query } from './connections.ts';
import type { Database } from './database.ts';

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
  find(id: number): Promise<Photo | null>;
  image(imageId: number): Promise<Buffer | null>;
  add(userId: number, caption: string, image: Buffer): Promise<Photo>;
  /** True when the like is new. Throws NotThere. */
  like(photoId: number, userId: number): Promise<boolean>;
  comment(photoId: number, userId: number, text: string): Promise<Comment>;
  comments(photoId: number): Promise<readonly Comment[]>;
}

interface ItemRow {
  id: number;
  caption: string;
  created_at: Date;
  user_id: number;
  name: string;
  likes: number;
  comments: number;
  image_id: number;
}

/** Photos a feed chooses from and shows. */
const FEED_FOLLOWS = 50;
const FEED_ROWS = 30;
const POPULAR_ROWS = 10;

const USER_NAME = `SELECT id, first_name || ' ' || last_name AS name FROM users WHERE id = $1`;

const ITEM = `p.id, p.caption, p.created_at, p.user_id, p.image_id, u.first_name || ' ' || u.last_name AS name,
              (SELECT count(*)::int FROM likes l WHERE l.photo_id = p.id) AS likes,
              (SELECT count(*)::int FROM comments c WHERE c.photo_id = p.id) AS comments`;

/** The newest photos of each of whom $1 follows. */
const FOLLOWED_PHOTOS = `(SELECT followee_id FROM follows WHERE follower_id = $1 LIMIT ${FEED_FOLLOWS}) AS followed
                       CROSS JOIN LATERAL (SELECT * FROM photos WHERE user_id = followed.followee_id ORDER BY created_at DESC LIMIT 3) AS f`;
const FEED = `SELECT ${ITEM}
                FROM (SELECT f.* FROM ${FOLLOWED_PHOTOS} ORDER BY f.created_at DESC LIMIT ${FEED_ROWS}) AS p
                JOIN users u ON u.id = p.user_id
               ORDER BY p.created_at DESC`;
const POPULAR = `SELECT ${ITEM}
                   FROM (SELECT f.*, (SELECT count(*) FROM likes l WHERE l.photo_id = f.id) AS liked
                           FROM ${FOLLOWED_PHOTOS} ORDER BY liked DESC, f.id LIMIT ${POPULAR_ROWS}) AS p
                   JOIN users u ON u.id = p.user_id
                  ORDER BY p.liked DESC, p.id`;

const OF_USER = `SELECT ${ITEM} FROM photos p JOIN users u ON u.id = p.user_id WHERE p.user_id = $1 ORDER BY p.created_at DESC LIMIT ${FEED_ROWS}`;
const PHOTO = `SELECT ${ITEM} FROM photos p JOIN users u ON u.id = p.user_id WHERE p.id = $1`;
const IMAGE = 'SELECT content FROM images WHERE id = $1';
const ADD = `WITH image AS (INSERT INTO images (content) VALUES ($3) RETURNING id)
             INSERT INTO photos (user_id, image_id, caption) SELECT $1, id, $2 FROM image RETURNING id`;
/** Only rows that will stay take a number of the sequence: business metrics read the sequences. */
const LIKE = `WITH photo AS (SELECT id FROM photos WHERE id = $1),
                   made AS (INSERT INTO likes (photo_id, user_id)
                            SELECT id, $2 FROM photo WHERE NOT EXISTS (SELECT 1 FROM likes WHERE photo_id = $1 AND user_id = $2)
                            ON CONFLICT DO NOTHING RETURNING id)
              SELECT EXISTS (SELECT 1 FROM photo) AS there, EXISTS (SELECT 1 FROM made) AS made`;
const COMMENT = `INSERT INTO comments (photo_id, user_id, body) SELECT id, $2, $3 FROM photos WHERE id = $1
                 RETURNING id, user_id, body, created_at, (SELECT first_name || ' ' || last_name FROM users WHERE users.id = $2) AS name`;
const COMMENTS = `SELECT c.id, c.user_id, c.body, c.created_at, u.first_name || ' ' || u.last_name AS name
                    FROM comments c JOIN users u ON u.id = c.user_id WHERE c.photo_id = $1 ORDER BY c.id DESC LIMIT 20`;

interface CommentRow {
  id: number;
  user_id: number;
  body: string;
  created_at: Date;
  name: string;
}

export function postgresPhotos(database: Database): Photos {
  const find = async (query: Query, id: number): Promise<Photo | null> => {
    const [row] = await query<ItemRow>('photo', PHOTO, [id]);
    return row === undefined ? null : { ...toItem(row), imageId: row.image_id };
  };
  /** Both queries on one connection: it is held for two round trips to the database. */
  const chosen = (userId: number, name: string, text: string): Promise<Feed | null> =>
    database.read(async (query) => {
      const [user] = await query<{ id: number; name: string }>('user-name', USER_NAME, [userId]);
      if (user === undefined) return null;
      const rows = await query<ItemRow>(name, text, [userId]);
      return { user: { id: user.id, name: user.name }, items: rows.map(toItem) };
    });
  return {
    feed: (userId) => chosen(userId, 'feed', FEED),
    popular: (userId) => chosen(userId, 'popular', POPULAR),
    ofUser: async (userId) => (await database.read((query) => query<ItemRow>('photos-of', OF_USER, [userId]))).map(toItem),
    find: (id) => database.read((query) => find(query, id)),
    async image(imageId) {
      const [row] = await database.read((query) => query<{ content: Buffer }>('image', IMAGE, [imageId]));
      return row?.content ?? null;
    },
    add: (userId, caption, image) =>
      orNotThere(() =>
        database.write(async (query) => {
          const [row] = await query<{ id: number }>('photo-add', ADD, [userId, caption, image]);
          return (await find(query, (row as { id: number }).id)) as Photo;
        }),
      ),
    async like(photoId, userId) {
      const [row] = await orNotThere(() =>
        database.write((query) => query<{ there: boolean; made: boolean }>('like', LIKE, [photoId, userId])),
      );
      if (row?.there !== true) throw new NotThere('The photo does not exist.');
      return row.made;
    },
    async comment(photoId, userId, text) {
      const [row] = await orNotThere(() => database.write((query) => query<CommentRow>('comment', COMMENT, [photoId, userId, text])));
      if (row === undefined) throw new NotThere('The photo does not exist.');
      return toComment(row);
    },
    comments: async (photoId) => (await database.read((query) => query<CommentRow>('comments', COMMENTS, [photoId]))).map(toComment),
  };
}

function toItem(row: ItemRow): FeedItem {
  return {
    photoId: row.id,
    caption: row.caption,
    createdAt: row.created_at.toISOString(),
    author: { id: row.user_id, name: row.name },
    likes: row.likes,
    comments: row.comments,
  };
}

function toComment(row: CommentRow): Comment {
  return { id: row.id, userId: row.user_id, author: row.name, text: row.body, createdAt: row.created_at.toISOString() };
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
