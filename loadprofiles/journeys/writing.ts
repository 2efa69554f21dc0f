import type { RefinedResponse } from 'k6/http';
import type { Ask, Visit } from '../lib/send.ts';
import { anyPhoto, anyUser, json, signIn, type Journey } from './journey.ts';

/** Photos whose walls are read, so few that caches know them. */
const FEW_WALLS = 50;

/** Somebody signs in, writes on a wall, and reads it as everybody does: perhaps an edge still has the one before. */
export const wall: Journey = (visit, choices) => {
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

/** Somebody signs in, likes a photo, comments on it, and sees the comment. */
export const engage: Journey = (visit, choices) => {
  const user = anyUser(choices);
  const token = signIn(visit, user, false);
  if (token === null) return;
  const photo = anyPhoto(choices);
  const text = `Seen at ${Math.floor(choices.next() * 1e9)}`;
  // 200: liked before, by the same user in an earlier experiment on this site.
  const status = [200, 201];
  if (visit.send({ name: 'like', method: 'POST', path: `/api/photos/${photo}/likes`, token, status, last: false }) === null) return;
  sayAndRead(visit, `/api/photos/${photo}/comments`, { user, text, token }, null);
};

/** Photos that everybody talks about. */
const FEW_PHOTOS = 50;

/** Somebody says something of a photo that many talk about, and reads what is said of it. */
export const talk: Journey = (visit, choices) => {
  const user = anyUser(choices);
  const token = signIn(visit, user, false);
  if (token === null) return;
  const path = `/api/photos/${1 + Math.floor(choices.next() * FEW_PHOTOS)}/comments`;
  sayAndRead(visit, path, { user, text: `Heard at ${Math.floor(choices.next() * 1e9)}`, token }, token);
};

/** @param reader token of who reads the comments afterwards; null for somebody who has not signed in */
function sayAndRead(
  visit: Visit,
  path: string,
  { user, text, token }: { readonly user: number; readonly text: string; readonly token: string },
  reader: string | null,
): void {
  const id = say(visit, path, text, token);
  if (id === null) return;
  visit.wrote({ table: 'comments', id, mark: text, user, text });
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

const SIZE = '20x30';

/** Somebody orders prints, and pays what the price list says. */
export const buy: Journey = (visit, choices) => {
  const user = anyUser(choices);
  const token = signIn(visit, user, false);
  if (token === null) return;
  const photoId = anyPhoto(choices);
  let id = 0;
  const ordered = visit.send({
    name: 'order',
    method: 'POST',
    path: '/api/orders',
    json: { photoId, size: SIZE, quantity: 2 },
    token,
    status: 201,
    right: (response) => (id = json(response).id as number) > 0 && json(response).cents === 698 && json(response).photoId === photoId,
    last: true,
  });
  if (ordered !== null) visit.wrote({ table: 'orders', id, mark: String(photoId), user, text: `2 prints ${SIZE} of photo ${photoId}` });
};

const CAPTION = 'Evening';

/** Somebody uploads a picture and sharpens it. */
export const upload: Journey = (visit, choices) => {
  const user = anyUser(choices);
  const token = signIn(visit, user, false);
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
  visit.wrote({ table: 'photos', id: photo, mark: CAPTION, user, text: CAPTION });
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
