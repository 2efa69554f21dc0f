import type { Files } from '@loadstair/site-plan';

/** s, by kind: a stylesheet changes with a release, a photo never (an edit makes a new one), a wall with every comment. */
const USUAL_TTL_S = { stylesheet: 3600, photo: 86_400, wall: 60 } as const;

type FileKind = keyof typeof USUAL_TTL_S;

function ttlOf(kind: FileKind, { ttlS }: Files): number {
  return Math.round(ttlS ?? USUAL_TTL_S[kind]);
}

/** `Cache-Control` of a file, for every cache between the site and its users. */
export function cacheControl(kind: FileKind, files: Files): string {
  return `public, max-age=${ttlOf(kind, files)}${kind === 'photo' ? ', immutable' : ''}`;
}

/** Where a browser fetches a file of everybody. */
export function fileAddress(path: string, { base }: Files): string {
  return `${base ?? ''}${path}`;
}

/** What of the settings a page depends on: pages of one text are the same. */
export function pageFiles({ base, leastLikes }: Files): string {
  return base === null ? '' : `@${base},${leastLikes}`;
}

/** Where it fetches a photo's image. */
export function imageAddress(photo: { readonly photoId: number; readonly likes: number }, files: Files): string {
  const path = `/photos/${photo.photoId}/image`;
  return photo.likes >= files.leastLikes ? fileAddress(path, files) : path;
}
