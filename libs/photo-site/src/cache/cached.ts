import type { Files } from '../storage/files.ts';
import type { Photos } from '../storage/photos.ts';
import type { Users } from '../storage/users.ts';
import type { ReadThrough } from './read-through.ts';

/**
 * Photos read through a cache. A write drops what it makes wrong and can be named: the photo, its comments, its author's page.
 * Feeds of all who follow somebody are too many to look for; they are as old as an entry may get.
 */
export function cachedPhotos(photos: Photos, cache: ReadThrough): Photos {
  return {
    feed: (userId) => cache.json(`feed:${userId}`, () => photos.feed(userId)),
    popular: (userId) => cache.json(`popular:${userId}`, () => photos.popular(userId)),
    ofUser: async (userId) => (await cache.json(`photos-of:${userId}`, () => photos.ofUser(userId))) ?? [],
    find: (id) => cache.json(`photo:${id}`, () => photos.find(id)),
    comments: async (photoId) => (await cache.json(`comments:${photoId}`, () => photos.comments(photoId))) ?? [],
    async add(userId, caption, imageId) {
      const added = await photos.add(userId, caption, imageId);
      await cache.drop(`photos-of:${userId}`);
      return added;
    },
    async like(photoId, userId) {
      const made = await photos.like(photoId, userId);
      if (made) await cache.drop(`photo:${photoId}`);
      return made;
    },
    async comment(photoId, author, text) {
      const written = await photos.comment(photoId, author, text);
      await cache.drop(`comments:${photoId}`, `photo:${photoId}`);
      return written;
    },
  };
}

/** A file never changes, so nothing is ever dropped. */
export function cachedFiles(files: Files, cache: ReadThrough): Files {
  return { get: (key, id) => cache.bytes(`image:${id}`, () => files.get(key, id)), put: (ownerId, content) => files.put(ownerId, content) };
}

export function cachedUsers(users: Users, cache: ReadThrough): Users {
  return { find: (id) => cache.json(`user:${id}`, () => users.find(id)), create: (user) => users.create(user) };
}
