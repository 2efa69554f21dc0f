import type { Ask, Visit } from '../lib/send.ts';
import { FIRST_SERVER } from '../lib/cookies.ts';
import { anyUser, json, signIn, userSeenOften, type Choices, type Journey } from './journey.ts';

/** Users whose favourites fit many times into any cache. */
const FEW_USERS = 200;

/** Somebody looks at the home feed in a browser; the stylesheet comes with it. */
export const browse: Journey = (visit, choices) => {
  const user = userSeenOften(choices);
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

/** A user of old comes back: the balancer's cookie still leads to the server it always led to. */
export const regular: Journey = (visit, choices) => ownFeed(visit, choices, FIRST_SERVER);

/** The same user without that cookie: the balancer gives one in turn, and the browser keeps it for the visit. */
export const newcomer: Journey = (visit, choices) => ownFeed(visit, choices);

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
export const read: Journey = (visit, choices) => feedOf(visit, userSeenOften(choices));

function feedOf(visit: Visit, user: number): void {
  visit.send({
    name: 'feed',
    path: `/api/feed?user=${user}`,
    right: (response) => json(response).user.id === user && Array.isArray(json(response).items),
    last: true,
  });
}

/** The app shows what is liked most among whom one follows: much to look up, little to send. */
export const explore: Journey = (visit, choices) => popularOf(visit, userSeenOften(choices));

/** Few users look at it again and again: the same rows are read over and over. */
export const again: Journey = (visit, { next }) => popularOf(visit, 1 + Math.floor(next() * FEW_USERS));

/** Users whose feeds are read again and again, all of them alike. */
const FAMOUS_USERS = 60;
export const famous: Journey = (visit, { next }) => feedOf(visit, 1 + Math.floor(FAMOUS_USERS * next()));

/** Feeds of just anybody: hardly one is asked for again. */
export const scan: Journey = (visit, choices) => feedOf(visit, anyUser(choices));

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
export const gallery: Journey = (visit, { next }) => pageWithPictures(visit, 'gallery', 1 + Math.floor(next() * FEW_USERS));

/** Users whose pages everybody looks at. */
const SHOWN_USERS = 30;
/** The same of the very pages that everybody looks at: so few pictures that an edge soon has them all. */
export const showcase: Journey = (visit, { next }) => pageWithPictures(visit, 'gallery', 1 + Math.floor(next() * SHOWN_USERS));

/** The same of anybody's page: most of its pictures are seldom asked for. */
export const album: Journey = (visit, choices) => pageWithPictures(visit, 'album', anyUser(choices));

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

/** Somebody signs in and comes back to the own feed. */
export const comeBack: Journey = (visit, choices) => {
  const token = signIn(visit, userSeenOften(choices), false);
  if (token === null) return;
  visit.send({ name: 'own-feed', path: '/', token, right: (response) => response.body.includes('<ul class="feed">'), last: true });
};

/** The app shows a user. */
export const mobile: Journey = (visit, choices) => {
  const user = choices.next() < 0.1 ? 12 : userSeenOften(choices);
  visit.send({
    name: 'user',
    path: `/users/${user}`,
    right: (response) => json(response).id === user && (user !== 12 || json(response).lastName === 'Smith'),
    last: true,
  });
};

/** The app shows one and the same user: the least work a request that reads the database can be. */
export const oneUser: Journey = (visit) => {
  visit.send({
    name: 'user',
    path: '/users/12',
    right: (response) => json(response).id === 12 && json(response).lastName === 'Smith',
    last: true,
  });
};
