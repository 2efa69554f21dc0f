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

/** What a user does on each journey, and the requests of it in order; the same as loadprofiles/journeys. */
const JOURNEYS: Readonly<Record<JourneyName, { readonly does: string; readonly asks: readonly string[] }>> = {
  browse: { does: 'opens a feed in a browser', asks: ['feed-page', 'static'] },
  gallery: { does: 'opens a popular page with six pictures', asks: pageWithPictures('gallery') },
  showcase: { does: 'opens one of the 30 most popular pages', asks: pageWithPictures('gallery') },
  album: { does: 'opens any page with six pictures', asks: pageWithPictures('album') },
  read: { does: 'reads a feed in the app', asks: ['feed'] },
  famous: { does: 'reads one of 60 feeds that many read', asks: ['feed'] },
  scan: { does: 'reads any feed, hardly one of them twice', asks: ['feed'] },
  explore: { does: 'lists the most liked photos of the users one follows', asks: ['popular'] },
  again: { does: 'lists them for one of 200 users', asks: ['popular'] },
  mobile: { does: 'shows a user in the app', asks: ['user'] },
  'one-user': { does: 'shows the same user each time', asks: ['user'] },
  page: { does: 'opens a photo page that is joined from rows', asks: ['photo-page'] },
  'page-document': { does: 'opens a photo page that is one document', asks: ['photo-document'] },
  rename: { does: 'changes a name that stands in one row, twice', asks: ['photo-document', 'rename', 'rename'] },
  'rename-document': {
    does: 'changes a name that stands in documents, twice',
    asks: ['photo-document', 'rename-document', 'rename-document'],
  },
  return: { does: 'signs in and opens the own feed', asks: ['sign-in', 'own-feed'] },
  newcomer: { does: 'the same in a new browser', asks: ['sign-in', 'own-feed', 'static'] },
  regular: { does: 'the same with a cookie of the first web server', asks: ['sign-in', 'own-feed', 'static'] },
  engage: { does: 'likes a photo, comments on it, reads the comments', asks: ['sign-in', 'like', 'comment', 'comments'] },
  talk: { does: 'comments on one of 50 photos, reads the comments', asks: ['sign-in', 'comment', 'comments'] },
  wall: { does: 'comments on one of 50 photos, reads its wall', asks: ['sign-in', 'comment', 'wall'] },
  buy: { does: 'orders prints', asks: ['sign-in', 'order'] },
  upload: { does: 'uploads a picture and sharpens it', asks: ['sign-in', 'upload', 'edit'] },
};

/** Of the page itself, and of what comes with it. */
function pageWithPictures(page: string): readonly string[] {
  return [page, 'static', ...Array<string>(6).fill('picture')];
}

/** Every journey there is, by name. */
export const JOURNEY_NAMES: readonly JourneyName[] = Object.keys(JOURNEYS) as JourneyName[];

/** What a user does on it, in a phrase that begins with a verb. */
export function journeyDoes(journey: JourneyName): string {
  return JOURNEYS[journey].does;
}

const requests = new Map<JourneyName, readonly ClientRequest[]>(
  JOURNEY_NAMES.map((journey) => [journey, JOURNEYS[journey].asks.map((name) => ({ name, file: FILES.includes(name) }))]),
);

/** What a journey asks for, one request after the other. */
export function requestsOf(journey: JourneyName): readonly ClientRequest[] {
  return requests.get(journey) ?? [];
}
