import type { Response } from 'express';
import type { Comment, Photos } from '../storage/photos.ts';

/**
 * Bodies of answers that are the same for whoever asks, as bytes to be sent. Each is made when it is asked for; where the site has a
 * cache, it is kept there as it is sent, so that one found there is neither parsed nor rendered again.
 */
export interface Answers {
  /** A value as JSON. @param load null where it does not exist */
  json(key: string, load: () => Promise<object | null>): Promise<Buffer | null>;
  /** A page of a value. */
  html<Value extends object>(key: string, load: () => Promise<Value | null>, render: (value: Value) => string): Promise<Buffer | null>;
  /** The value of the same key as `json`, for whoever needs it. */
  value<Value extends object>(key: string, load: () => Promise<Value | null>): Promise<Value | null>;
}

/** Keys of what the site shows. */
export const keyOf = {
  user: (id: number) => `user:${id}`,
  photo: (id: number) => `photo:${id}`,
  comments: (photoId: number) => `comments:${photoId}`,
  feed: (userId: number) => `feed:${userId}`,
  popular: (userId: number) => `popular:${userId}`,
  /** A page says where its pictures are fetched: with other settings of that it is another page. */
  feedPage: (userId: number, files: string) => `feed-page:${userId}${files}`,
  profilePage: (userId: number, files: string) => `profile-page:${userId}${files}`,
} as const;

/** Where nothing is kept. */
export const madeAnew: Answers = {
  json: async (_key, load) => {
    const value = await load();
    return value === null ? null : Buffer.from(JSON.stringify(value));
  },
  html: async (_key, load, render) => {
    const value = await load();
    return value === null ? null : Buffer.from(render(value));
  },
  value: (_key, load) => load(),
};

const CONTENT_TYPES = { json: 'application/json; charset=utf-8', html: 'text/html; charset=utf-8' } as const;

export function sendBody(response: Response, kind: keyof typeof CONTENT_TYPES, body: Buffer): void {
  response.setHeader('content-type', CONTENT_TYPES[kind]);
  response.send(body);
}

/** What `keyOf.comments` stands for; none of a photo that does not exist. */
export interface Comments {
  readonly comments: readonly Comment[];
}

export async function loadComments(photos: Pick<Photos, 'comments'>, photoId: number, from?: 'primary'): Promise<Comments> {
  return { comments: await photos.comments(photoId, from) };
}
