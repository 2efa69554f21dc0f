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
    image: (imageId) => cache.bytes(`image:${imageId}`, () => photos.image(imageId)),
    comments: async (photoId) => (await cache.json(`comments:${photoId}`, () => photos.comments(photoId))) ?? [],
    async add(userId, caption, image) {
      const added = await photos.add(userId, caption, image);
      await cache.drop(`photos-of:${userId}`);
      return added;
    },
    async like(photoId, userId) {
      const made = await photos.like(photoId, userId);
      if (made) await cache.drop(`photo:${photoId}`);
      return made;
    },
    async comment(photoId, userId, text) {
      const written = await photos.comment(photoId, userId, text);
      await cache.drop(`comments:${photoId}`, `photo:${photoId}`);
      return written;
    },
  };
}

export function cachedUsers(users: Users, cache: ReadThrough): Users {
  return { find: (id) => cache.json(`user:${id}`, () => users.find(id)), create: (user) => users.create(user) };
}
