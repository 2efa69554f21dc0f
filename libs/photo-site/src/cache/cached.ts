import { keyOf, loadComments, type Answers } from '../http/answers.ts';
import type { Files } from '../storage/files.ts';
import type { Names } from '../storage/names.ts';
import type { Photos } from '../storage/photos.ts';
import type { Changed, ReadThrough } from './read-through.ts';

/** Answers kept as they are sent. */
export function cachedAnswers(cache: Pick<ReadThrough, 'bytes'>): Answers {
  return {
    json: (key, load) => cache.bytes(key, load, JSON.stringify),
    html: (key, load, render) => cache.bytes(key, load, render),
    async value<Value extends object>(key: string, load: () => Promise<Value | null>) {
      const found = await cache.bytes(key, load, JSON.stringify);
      return found === null ? null : (JSON.parse(found.toString()) as Value);
    },
  };
}

/**
 * A write drops or renews what it makes wrong and can be named: the photo, its comments, its author's page. Feeds of all who follow
 * somebody are too many to look for; they are as old as an entry may get.
 *
 * @param pageFiles how pages say now where their pictures are
 */
export function invalidatingPhotos(photos: Photos, cache: Pick<ReadThrough, 'drop' | 'renew'>, pageFiles: () => string): Photos {
  const changed = (key: string, load: () => Promise<object | null>): Changed => ({
    key,
    async make() {
      const value = await load();
      return value === null ? null : JSON.stringify(value);
    },
  });
  const photo = (id: number): Changed => changed(keyOf.photo(id), () => photos.find(id, 'primary'));
  const comments = (id: number): Changed => changed(keyOf.comments(id), () => loadComments(photos, id, 'primary'));
  return {
    ...photos,
    async add(userId, caption, imageId) {
      const added = await photos.add(userId, caption, imageId);
      await cache.drop(keyOf.profilePage(userId, pageFiles()));
      return added;
    },
    async like(photoId, userId) {
      const made = await photos.like(photoId, userId);
      if (made) await cache.renew(photo(photoId));
      return made;
    },
    async comment(photoId, author, text) {
      const written = await photos.comment(photoId, author, text);
      await cache.renew(comments(photoId), photo(photoId));
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

/** Photos and feeds with the name are as old as an entry may get. */
export function cachedNames(names: Names, cache: Pick<ReadThrough, 'drop'>): Names {
  return {
    async rename(userId, firstName, lastName) {
      const written = await names.rename(userId, firstName, lastName);
      await cache.drop(keyOf.user(userId));
      return written;
    },
  };
}
