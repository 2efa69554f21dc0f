import { asJson, keyOf, type Answers } from '../http/answers.ts';
import type { Files } from '../storage/files.ts';
import type { Photos } from '../storage/photos.ts';
import type { ReadThrough } from './read-through.ts';

/** Answers kept as they are sent. */
export function cachedAnswers(cache: Pick<ReadThrough, 'bytes'>): Answers {
  return {
    json: (key, load) => cache.bytes(key, load, asJson),
    html: (key, load, render) => cache.bytes(key, load, (value) => Buffer.from(render(value))),
    async value<Value extends object>(key: string, load: () => Promise<Value | null>) {
      const found = await cache.bytes(key, load, asJson);
      return found === null ? null : (JSON.parse(found.toString()) as Value);
    },
  };
}

/**
 * A write drops what it makes wrong and can be named: the photo, its comments, its author's page. Feeds of all who follow somebody are
 * too many to look for; they are as old as an entry may get.
 *
 * @param pageFiles how pages say now where their pictures are
 */
export function droppingPhotos(photos: Photos, cache: Pick<ReadThrough, 'drop'>, pageFiles: () => string): Photos {
  return {
    ...photos,
    async add(userId, caption, imageId) {
      const added = await photos.add(userId, caption, imageId);
      await cache.drop(keyOf.profilePage(userId, pageFiles()));
      return added;
    },
    async like(photoId, userId) {
      const made = await photos.like(photoId, userId);
      if (made) await cache.drop(keyOf.photo(photoId));
      return made;
    },
    async comment(photoId, author, text) {
      const written = await photos.comment(photoId, author, text);
      await cache.drop(keyOf.comments(photoId), keyOf.photo(photoId));
      return written;
    },
  };
}

/** A file never changes, so nothing is ever dropped. */
export function cachedFiles(files: Files, cache: Pick<ReadThrough, 'bytes'>): Files {
  return {
    get: (key, id) =>
      cache.bytes(
        `image:${id}`,
        () => files.get(key, id),
        (image) => image,
      ),
    put: (ownerId, content) => files.put(ownerId, content),
  };
}
