/** What the site says of files that caches may keep. */
export interface FileSettings {
  /** Where pages tell browsers to fetch them, for example `http://cdn.photos.lab:8080`; null is from the site itself. */
  readonly base: string | null;
  /** Images of photos with fewer likes come from the site itself: seldom asked for, they would only take room elsewhere. */
  readonly leastLikes: number;
  /** How long a cache may keep a file, s; null is as long as is usual for its kind. */
  readonly ttlS: number | null;
}

/** s, by kind: a stylesheet changes with a release, a photo never (an edit makes a new one), a wall with every comment. */
const USUAL_TTL_S = { stylesheet: 3600, photo: 86_400, wall: 60 } as const;

export type FileKind = keyof typeof USUAL_TTL_S;

export function ttlOf(kind: FileKind, { ttlS }: FileSettings): number {
  return ttlS ?? USUAL_TTL_S[kind];
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
