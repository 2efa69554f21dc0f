import express, { Router, type RequestHandler } from 'express';
import { applyEdit, EDIT, normalise, PICTURE_TYPES } from '../images/images.ts';
import { keyOf, loadComments, sendBody } from './answers.ts';
import type { SiteServices } from './context.ts';
import { CAPTION, COMMENT_BODY, idOf, NAME_BODY, ORDER_BODY, SESSION_BODY, USER_BODY } from './input.ts';
import { openApiDocument } from './openapi.ts';
import { Problem, there } from './problem.ts';
import { requireUser, SESSION_COOKIE, tokenOf } from './session.ts';

const MAX_UPLOAD = '2mb';
const json = express.json({ limit: '16kb' });
const picture = express.raw({ type: [...PICTURE_TYPES], limit: MAX_UPLOAD });

/** JSON for the mobile app. */
export function api(services: SiteServices): Router {
  const { answers, users, documents, names, documentNames, photos, pages, documentPages, files, orders, sessions, activity } = services;
  const router = Router();

  router.get('/users/:id', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    sendBody(response, 'json', there(await answers.json(keyOf.user(id), () => users.find(id)), `user ${id}`));
  });
  router.get('/documents/users/:id', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    response.json(there(await documents.find(id), `user ${id}`));
  });
  for (const [path, kept] of [
    ['/users/:id/name', names],
    ['/documents/users/:id/name', documentNames],
  ] as const) {
    router.put(path, json, needBody, async (request, response) => {
      const id = idOf(request.params['id'], 'id');
      const { firstName, lastName } = NAME_BODY.parse(request.body);
      const written = there(await kept.rename(id, firstName, lastName), `user ${id}`);
      response.json({ id, firstName, lastName, written });
    });
  }
  router.post('/users', json, needBody, async (request, response) => {
    const user = await users.create(USER_BODY.parse(request.body));
    response.status(201).location(`/users/${user.id}`).json(user);
  });

  for (const kind of ['feed', 'popular'] as const) {
    router.get(`/api/${kind}`, async (request, response) => {
      const userId = idOf(request.query['user'], 'user');
      const chosen = there(await answers.json(keyOf[kind](userId), () => photos[kind](userId)), `user ${userId}`);
      activity.seen(userId);
      sendBody(response, 'json', chosen);
    });
  }
  router.get('/api/photos/:id', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    sendBody(response, 'json', there(await answers.json(keyOf.photo(id), () => photos.find(id)), `photo ${id}`));
  });
  for (const [path, read] of [
    ['/api/photos/:id/page', pages],
    ['/documents/photos/:id', documentPages],
  ] as const) {
    router.get(path, async (request, response) => {
      const id = idOf(request.params['id'], 'id');
      response.json(there(await read.find(id), `page of photo ${id}`));
    });
  }
  router.post('/api/photos', picture, async (request, response) => {
    const { id: userId } = await requireUser(services, request);
    if (!Buffer.isBuffer(request.body) || request.body.length === 0)
      throw new Problem(415, 'Send a picture as image/jpeg, image/png or image/webp.');
    const caption = CAPTION.parse(request.query['caption'] ?? 'Untitled');
    const imageId = await files.put(userId, await normalise(request.body));
    const photo = await photos.add(userId, caption, imageId);
    activity.seen(userId);
    response.status(201).location(`/photos/${photo.photoId}`).json(photo);
  });
  router.post('/api/photos/:id/edits', json, needBody, async (request, response) => {
    const { id: userId } = await requireUser(services, request);
    const id = idOf(request.params.id, 'id');
    const edit = EDIT.parse(request.body);
    const photo = await answers.value(keyOf.photo(id), () => photos.find(id));
    const image = photo === null ? null : await files.get(photo.photoId, photo.imageId);
    if (photo === null || image === null) throw new Problem(404, `There is no photo ${id}.`);
    const imageId = await files.put(userId, await applyEdit(image, edit));
    const edited = await photos.add(userId, photo.caption, imageId);
    response.status(201).location(`/photos/${edited.photoId}`).json(edited);
  });
  router.post('/api/photos/:id/likes', async (request, response) => {
    const { id: userId } = await requireUser(services, request);
    const created = await photos.like(idOf(request.params.id, 'id'), userId);
    response.status(created ? 201 : 200).json({ liked: true });
  });
  router.post('/api/photos/:id/comments', json, needBody, async (request, response) => {
    const author = await requireUser(services, request);
    const comment = await photos.comment(idOf(request.params.id, 'id'), author, COMMENT_BODY.parse(request.body).text);
    response.status(201).json(comment);
  });
  router.get('/api/photos/:id/comments', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    sendBody(response, 'json', there(await answers.json(keyOf.comments(id), () => loadComments(photos, id)), `photo ${id}`));
  });

  router.post('/api/sessions', json, needBody, async (request, response) => {
    const { user } = SESSION_BODY.parse(request.body);
    const found = await answers.value(keyOf.user(user), () => users.find(user));
    if (found === null) throw new Problem(401, `There is no user ${user}.`);
    const token = await sessions.begin({ id: user, name: `${found.firstName} ${found.lastName}` });
    activity.seen(user);
    response.status(201).cookie(SESSION_COOKIE, token, { httpOnly: true, sameSite: 'lax' }).json({ token, user });
  });
  router.delete('/api/sessions', async (request, response) => {
    const token = tokenOf(request);
    if (token !== null) await sessions.end(token);
    response.clearCookie(SESSION_COOKIE).status(204).end();
  });

  router.post('/api/orders', json, needBody, async (request, response) => {
    const { id: userId } = await requireUser(services, request);
    const { photoId, size, quantity } = ORDER_BODY.parse(request.body);
    const order = await orders.place(userId, photoId, size, quantity);
    if (order === null) throw new Problem(400, `There is no size "${size}". Sizes: ${[...(await orders.prices()).keys()].join(', ')}.`);
    response.status(201).json(order);
  });
  router.get('/api/orders', async (request, response) => {
    response.json({ orders: await orders.ofUser((await requireUser(services, request)).id) });
  });
  router.get('/api/prices', async (_request, response) => {
    response.json(Object.fromEntries(await orders.prices()));
  });

  const document = openApiDocument();
  router.get('/openapi.json', (_request, response) => void response.json(document));
  return router;
}

/** The body parser passes over other types; say so instead of "expected object". */
const needBody: RequestHandler = (request, _response, next) => {
  next(
    request.is('application/json') === false || request.body === undefined
      ? new Problem(415, 'Send a body of type application/json.')
      : undefined,
  );
};
