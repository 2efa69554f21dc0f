import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What the site says of files that caches may keep; the lab may change it while the site runs. */
const SETTINGS = z.object({
  /** Where pages tell browsers to fetch them, for example `http://cdn.photos.lab:8080`. */
  base: z.string().startsWith('http://').nullable(),
  /** Images of photos with fewer likes come from the site itself: seldom asked for, they would only take room elsewhere. */
  leastLikes: z.int().min(0),
  /** How long a cache may keep a file, s; null is as long as is usual for its kind. */
  ttlS: z.number().min(1).nullable(),
});
export type FileSettings = z.infer<typeof SETTINGS>;

/** Of a site without edges: browsers fetch everything from itself. */
export const OWN_FILES: FileSettings = { base: null, leastLikes: 0, ttlS: null };

export function readFileSettings(file: string): FileSettings {
  return SETTINGS.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** s, by kind: a stylesheet changes with a release, a photo never (an edit makes a new one), a wall with every comment. */
const USUAL_TTL_S = { stylesheet: 3600, photo: 86_400, wall: 60 } as const;

type FileKind = keyof typeof USUAL_TTL_S;

function ttlOf(kind: FileKind, { ttlS }: FileSettings): number {
  return Math.round(ttlS ?? USUAL_TTL_S[kind]);
}

/** `Cache-Control` of a file, for every cache between the site and its users. */
export function cacheControl(kind: FileKind, settings: FileSettings): string {
  return `public, max-age=${ttlOf(kind, settings)}${kind === 'photo' ? ', immutable' : ''}`;
}

/** Where a browser fetches a file of everybody. */
export function fileAddress(path: string, { base }: FileSettings): string {
  return `${base ?? ''}${path}`;
}

/** Where it fetches a photo's image. */
export function imageAddress(photo: { readonly photoId: number; readonly likes: number }, settings: FileSettings): string {
  const path = `/photos/${photo.photoId}/image`;
  return photo.likes >= settings.leastLikes ? fileAddress(path, settings) : path;
}
