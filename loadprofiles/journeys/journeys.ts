import type { RefinedResponse } from 'k6/http';
import type { JourneyName } from '../lib/plan.ts';
import type { Ask, Visit } from '../lib/send.ts';

/** What a journey chooses from. `next` gives numbers in [0, 1) that depend on the arrival alone. */
export interface Choices {
  readonly users: number;
  readonly photos: number;
  readonly next: () => number;
  readonly picture: ArrayBuffer;
}

/** Users whose favourites fit many times into any cache. */
const FEW_USERS = 200;

export type Journey = (visit: Visit, choices: Choices) => void;

/** Somebody looks at the home feed in a browser; the stylesheet comes with it. */
const browse: Journey = (visit, choices) => {
  const user = anyUser(choices);
  const page = visit.send({
    name: 'feed-page',
    path: `/?user=${user}`,
    right: (response) => response.body.includes('<ul class="feed">'),
    last: false,
  });
  if (page !== null) stylesheet(visit, true);
};

function stylesheet(visit: Visit, last: boolean): boolean {
  return visit.send({ name: 'static', path: '/static/site.css', file: 'edge', last }) !== null;
}

/** Photos whose walls are read, so few that caches know them. */
const FEW_WALLS = 50;

/** Somebody signs in, writes on a wall, and reads it as everybody does: perhaps an edge still has the one before. */
const wall: Journey = (visit, choices) => {
  const token = signIn(visit, anyUser(choices), false);
  if (token === null) return;
  const photo = 1 + Math.floor(choices.next() * FEW_WALLS);
  const text = `Seen at ${Math.floor(choices.next() * 1e9)}`;
  const id = say(visit, `/api/photos/${photo}/comments`, text, token);
  if (id === null) return;
  visit.send({
    name: 'wall',
    path: `/photos/${photo}/wall.json`,
    file: 'edge',
    ...showsComment(id, text),
    last: true,
  });
};

/** What a browser kept from the time when the first web server was the only one. */
const FIRST_SERVER = { SERVER: 'web1' };

/** A user of old comes back: the balancer's cookie still leads to the server it always led to. */
const regular: Journey = (visit, choices) => ownFeed(visit, choices, FIRST_SERVER);

/** The same user without that cookie: the balancer gives one in turn, and the browser keeps it for the visit. */
const newcomer: Journey = (visit, choices) => ownFeed(visit, choices);

function ownFeed(visit: Visit, choices: Choices, cookies?: Ask['cookies']): void {
  const token = signIn(visit, anyUser(choices), false, cookies);
  if (token === null) return;
  const page = visit.send({
    name: 'own-feed',
    path: '/',
    token,
    ...(cookies === undefined ? {} : { cookies }),
    right: (response) => response.body.includes('<ul class="feed">'),
    last: false,
  });
  if (page !== null) stylesheet(visit, true);
}

/** The app reads a feed: what the database does, and little else. */
const read: Journey = (visit, choices) => feedOf(visit, anyUser(choices));

function feedOf(visit: Visit, user: number): void {
  visit.send({
    name: 'feed',
    path: `/api/feed?user=${user}`,
    right: (response) => json(response).user.id === user && Array.isArray(json(response).items),
    last: true,
  });
}

/** The app shows what is liked most among whom one follows: much to look up, little to send. */
const explore: Journey = (visit, choices) => popularOf(visit, anyUser(choices));

/** Few users look at it again and again: the same rows are read over and over. */
const again: Journey = (visit, { next }) => popularOf(visit, 1 + Math.floor(next() * FEW_USERS));

/** Users that are looked at very unevenly: half of all looks go to an eighth of them. */
const SOME_USERS = 300;
const famous: Journey = (visit, { next }) => feedOf(visit, 1 + Math.floor(SOME_USERS * next() ** 3));

function popularOf(visit: Visit, user: number): void {
  visit.send({
    name: 'popular',
    path: `/api/popular?user=${user}`,
    right: (response) => {
      const { user: whose, items } = json(response) as { user: { id: number }; items: { likes: number }[] };
      return whose.id === user && items.every((item, index) => index === 0 || item.likes <= (items[index - 1]?.likes ?? 0));
    },
    last: true,
  });
}

/** Pictures of a page that come with it; a browser loads the others when somebody scrolls. */
const FIRST_PICTURES = 6;
const PICTURE = /src="((?:http:\/\/[^/"]+)?\/photos\/\d+\/image)"/g;

/** Somebody looks at a page that many look at, in a browser: its stylesheet and its first pictures come with it. */
const gallery: Journey = (visit, { next }) => pageWithPictures(visit, 'gallery', 1 + Math.floor(next() * FEW_USERS));

/** The same of anybody's page: most of its pictures are seldom asked for. */
const album: Journey = (visit, choices) => pageWithPictures(visit, 'album', anyUser(choices));

function pageWithPictures(visit: Visit, name: string, user: number): void {
  const page = visit.send({
    name,
    path: `/?user=${user}`,
    right: (response) => response.body.includes('<ul class="feed">'),
    last: false,
  });
  if (page === null) return;
  const addresses = [...String(page.body).matchAll(PICTURE)].slice(0, FIRST_PICTURES).map((match) => match[1] as string);
  if (!stylesheet(visit, addresses.length === 0)) return;
  for (const [index, address] of addresses.entries()) {
    // The page says where its pictures are: on the site itself, or at the edges.
    const path = address.replace(/^http:\/\/[^/]+/, '');
    const file = path === address ? ('origin' as const) : ('edge' as const);
    if (visit.send({ name: 'picture', path, file, last: index === addresses.length - 1 }) === null) return;
  }
}

/** The app shows a user. */
const mobile: Journey = (visit, choices) => showUser(visit, choices, 'user', '/users');

/** The same user, kept as one document. */
const document: Journey = (visit, choices) => showUser(visit, choices, 'user-document', '/documents/users');

/** The app shows one and the same user: the least work a request that reads the database can be. */
const oneUser: Journey = (visit) => {
  visit.send({
    name: 'user',
    path: '/users/12',
    right: (response) => json(response).id === 12 && json(response).lastName === 'Smith',
    last: true,
  });
};

/** Somebody signs in, likes a photo, comments on it, and sees the comment. */
const engage: Journey = (visit, choices) => {
  const token = signIn(visit, anyUser(choices), false);
  if (token === null) return;
  const photo = anyPhoto(choices);
  const text = `Seen at ${Math.floor(choices.next() * 1e9)}`;
  // 200: liked before, by the same user in an earlier experiment on this site.
  const status = [200, 201];
  if (visit.send({ name: 'like', method: 'POST', path: `/api/photos/${photo}/likes`, token, status, last: false }) === null) return;
  sayAndRead(visit, `/api/photos/${photo}/comments`, text, token, null);
};

/** Photos that everybody talks about. */
const FEW_PHOTOS = 50;

/** Somebody says something of a photo that many talk about, and reads what is said of it. */
const talk: Journey = (visit, choices) => {
  const token = signIn(visit, anyUser(choices), false);
  if (token === null) return;
  const path = `/api/photos/${1 + Math.floor(choices.next() * FEW_PHOTOS)}/comments`;
  sayAndRead(visit, path, `Heard at ${Math.floor(choices.next() * 1e9)}`, token, token);
};

/** @param reader token of who reads the comments afterwards; null for somebody who has not signed in */
function sayAndRead(visit: Visit, path: string, text: string, token: string, reader: string | null): void {
  const id = say(visit, path, text, token);
  if (id === null) return;
  visit.wrote({ table: 'comments', id, mark: text });
  visit.send({
    name: 'comments',
    path,
    ...(reader === null ? {} : { token: reader }),
    ...showsComment(id, text),
    last: true,
  });
}

/** Gives the number of the comment, or null when the site did not take it. */
function say(visit: Visit, path: string, text: string, token: string): number | null {
  let id = 0;
  const written = visit.send({
    name: 'comment',
    method: 'POST',
    path,
    json: { text },
    token,
    status: 201,
    right: (response) => (id = json(response).id as number) > 0 && json(response).text === text,
    last: false,
  });
  return written === null ? null : id;
}

interface Said {
  readonly id: number;
  readonly text: string;
}

/**
 * Right where a comment just written is there, stale where it is not yet. By its number too: an earlier run with the same seed said the
 * same words on this site.
 */
function showsComment(id: number, text: string): Pick<Ask, 'right' | 'stale'> {
  const said = (response: RefinedResponse<'text'>): Said[] => json(response).comments as Said[];
  return {
    right: (response) => said(response).some((comment) => comment.id === id && comment.text === text),
    stale: (response) => Array.isArray(said(response)),
  };
}

/** Somebody signs in and comes back to the own feed. */
const comeBack: Journey = (visit, choices) => {
  const token = signIn(visit, anyUser(choices), false);
  if (token === null) return;
  visit.send({ name: 'own-feed', path: '/', token, right: (response) => response.body.includes('<ul class="feed">'), last: true });
};

/** Somebody orders prints, and pays what the price list says. */
const buy: Journey = (visit, choices) => {
  const token = signIn(visit, anyUser(choices), false);
  if (token === null) return;
  const photoId = anyPhoto(choices);
  let id = 0;
  const ordered = visit.send({
    name: 'order',
    method: 'POST',
    path: '/api/orders',
    json: { photoId, size: '20x30', quantity: 2 },
    token,
    status: 201,
    right: (response) => (id = json(response).id as number) > 0 && json(response).cents === 698 && json(response).photoId === photoId,
    last: true,
  });
  if (ordered !== null) visit.wrote({ table: 'orders', id, mark: String(photoId) });
};

const CAPTION = 'Evening';

/** Somebody uploads a picture and sharpens it. */
const upload: Journey = (visit, choices) => {
  const token = signIn(visit, anyUser(choices), false);
  if (token === null) return;
  let photo = 0;
  const sent = visit.send({
    name: 'upload',
    method: 'POST',
    path: `/api/photos?caption=${CAPTION}`,
    body: choices.picture,
    contentType: 'image/jpeg',
    token,
    status: 201,
    right: (response) => (photo = json(response).photoId as number) > 0,
    last: false,
  });
  if (sent === null) return;
  visit.wrote({ table: 'photos', id: photo, mark: CAPTION });
  visit.send({
    name: 'edit',
    method: 'POST',
    path: `/api/photos/${photo}/edits`,
    json: { kind: 'sharpen' },
    token,
    status: 201,
    right: (response) => json(response).photoId !== photo,
    last: true,
  });
};

export const journeys: Readonly<Record<JourneyName, Journey>> = {
  browse,
  album,
  wall,
  regular,
  newcomer,
  read,
  explore,
  again,
  mobile,
  document,
  engage,
  upload,
  buy,
  return: comeBack,
  'one-user': oneUser,
  gallery,
  talk,
  famous,
};

function showUser(visit: Visit, choices: Choices, name: string, path: string): void {
  const user = choices.next() < 0.1 ? 12 : anyUser(choices);
  visit.send({
    name,
    path: `${path}/${user}`,
    right: (response) => json(response).id === user && (user !== 12 || json(response).lastName === 'Smith'),
    last: true,
  });
}

function signIn(visit: Visit, user: number, last: boolean, cookies?: Ask['cookies']): string | null {
  let token = '';
  const response = visit.send({
    name: 'sign-in',
    method: 'POST',
    path: '/api/sessions',
    json: { user },
    ...(cookies === undefined ? {} : { cookies }),
    status: 201,
    right: (answer) => json(answer).user === user && (token = json(answer).token as string).length > 10,
    last,
  });
  return response === null ? null : token;
}

function anyUser({ users, next }: Choices): number {
  return 1 + Math.floor(next() * users);
}

function anyPhoto({ photos, next }: Choices): number {
  return 1 + Math.floor(next() * photos);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a JSON body is whatever the site sent; the checks look at it
function json(response: RefinedResponse<'text'>): any {
  return JSON.parse(response.body);
}
