import { keyOf, loadComments, type Comments } from '../http/answers.ts';
import type { LateComment, LateComments } from '../storage/late-comments.ts';
import { COMMENTS_SHOWN, type Photos } from '../storage/photos.ts';
import type { ReadThrough } from './read-through.ts';
import type { WriteBehind } from './write-behind.ts';

/**
 * Comments are acknowledged when a cache server has them, while the plan says so. Other writes need an answer of the database: whether a
 * like is new, what an order costs.
 *
 * @param photos of the database
 * @param written the same, whose writes change the cache's entries
 */
export function photosBehind(
  photos: Photos,
  written: Photos,
  comments: LateComments,
  behind: Pick<WriteBehind, 'active' | 'put'>,
  cache: Pick<ReadThrough, 'bytes' | 'drop'>,
): Photos {
  const known = async (photoId: number): Promise<boolean> =>
    (await cache.bytes(keyOf.photo(photoId), () => photos.find(photoId), JSON.stringify)) !== null;
  return {
    ...written,
    async comment(photoId, author, text) {
      // A photo that a replica does not have yet may be one all the same: the primary says so.
      if (!behind.active || !(await known(photoId))) return written.comment(photoId, author, text);
      const comment = comments.make(photoId, author, text);
      const late: LateComment = { photoId, comment };
      const taken = await behind.put(
        keyOf.comments(photoId),
        JSON.stringify(late),
        () => loadComments(photos, photoId, 'primary'),
        (old: Comments) => ({ comments: [comment, ...old.comments].slice(0, COMMENTS_SHOWN) }),
      );
      if (!taken) {
        await comments.write([late]);
        await cache.drop(keyOf.comments(photoId), keyOf.photo(photoId));
      }
      return comment;
    },
  };
}

/** Writes what waited to the database; a photo then has other numbers. */
export async function writeComments(
  writes: readonly string[],
  comments: Pick<LateComments, 'write'>,
  cache: Pick<ReadThrough, 'drop'>,
): Promise<void> {
  const late = writes.map((write) => JSON.parse(write) as LateComment);
  await comments.write(late);
  await cache.drop(...new Set(late.map(({ photoId }) => keyOf.photo(photoId))));
}
