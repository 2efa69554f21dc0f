import type { JourneyName } from '@loadstair/loadprofiles';

/** A request as its client knows it. */
export interface ClientRequest {
  readonly name: string;
  /** A file that is the same for everybody: clients fetch it from an edge, where there is one. */
  readonly file: boolean;
}

const FILES: readonly string[] = ['picture', 'static'];
const WRITES: readonly string[] = ['like', 'comment', 'order', 'upload', 'edit', 'rename', 'rename-document'];

/** Whether a request of this name asks the site to keep something. */
export function isWrite(name: string): boolean {
  return WRITES.includes(name);
}

/** Requests of each journey, in order; the same as loadprofiles/journeys. */
const JOURNEYS: Readonly<Record<JourneyName, readonly string[]>> = {
  browse: ['feed-page', 'static'],
  album: ['album', 'static', ...Array<string>(6).fill('picture')],
  wall: ['sign-in', 'comment', 'wall'],
  regular: ['sign-in', 'own-feed', 'static'],
  newcomer: ['sign-in', 'own-feed', 'static'],
  read: ['feed'],
  explore: ['popular'],
  again: ['popular'],
  mobile: ['user'],
  page: ['photo-page'],
  'page-document': ['photo-document'],
  rename: ['photo-document', 'rename', 'rename'],
  'rename-document': ['photo-document', 'rename-document', 'rename-document'],
  'one-user': ['user'],
  gallery: ['gallery', 'static', ...Array<string>(6).fill('picture')],
  showcase: ['gallery', 'static', ...Array<string>(6).fill('picture')],
  talk: ['sign-in', 'comment', 'comments'],
  famous: ['feed'],
  scan: ['feed'],
  engage: ['sign-in', 'like', 'comment', 'comments'],
  return: ['sign-in', 'own-feed'],
  buy: ['sign-in', 'order'],
  upload: ['sign-in', 'upload', 'edit'],
};

const requests = new Map<JourneyName, readonly ClientRequest[]>(
  (Object.keys(JOURNEYS) as JourneyName[]).map((journey) => [
    journey,
    JOURNEYS[journey].map((name) => ({ name, file: FILES.includes(name) })),
  ]),
);

/** What a journey asks for, one request after the other. */
export function requestsOf(journey: JourneyName): readonly ClientRequest[] {
  return requests.get(journey) ?? [];
}
