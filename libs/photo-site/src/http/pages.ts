import { Router, type Response } from 'express';
import { Eta } from 'eta';
import type { Files } from '@loadstair/site-plan';
import type { SiteServices } from './context.ts';
import { cacheControl, fileAddress, imageAddress } from './files.ts';
import { idOf } from './input.ts';
import { Problem } from './problem.ts';
import { currentUser, requireUser } from './session.ts';
import { ITEMS, LAYOUT, ORDERS, PHOTO, UPLOAD } from './views/layout.ts';

const eta = new Eta({ autoEscape: true, cache: true });
const layout = eta.compile(LAYOUT);
const views = { items: eta.compile(ITEMS), photo: eta.compile(PHOTO), upload: eta.compile(UPLOAD), orders: eta.compile(ORDERS) };

/** Who sees the front page without being signed in. */
const GUEST_FEED_OF = 12;

/** HTML for browsers. */
export function pages(services: SiteServices, fileSettings: () => Files): Router {
  const { users, photos, files, orders, images, activity } = services;
  const router = Router();
  const send = (response: Response, view: keyof typeof views, title: string, data: object): void => {
    const now = fileSettings();
    const stylesheet = fileAddress('/static/site.css', now);
    const body = eta.render(views[view], { ...data, image: (photo: Parameters<typeof imageAddress>[0]) => imageAddress(photo, now) });
    response.type('html').send(eta.render(layout, { title, body, stylesheet, elsewhere: now.base !== null }));
  };

  router.get('/', async (request, response) => {
    const userId =
      request.query['user'] === undefined
        ? ((await currentUser(services, request))?.id ?? GUEST_FEED_OF)
        : idOf(request.query['user'], 'user');
    const feed = await photos.feed(userId);
    if (feed === null) throw new Problem(404, `There is no user ${userId}.`);
    activity.seen(userId);
    send(response, 'items', `Feed of ${feed.user.name}`, feed);
  });
  router.get('/photos/:id', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    const photo = await photos.find(id);
    if (photo === null) throw new Problem(404, `There is no photo ${id}.`);
    send(response, 'photo', photo.caption, { photo, comments: await photos.comments(id) });
  });
  router.get('/photos/:id/image', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    const image = await imageOf(id);
    response.type('jpeg').set('cache-control', cacheControl('photo', fileSettings())).send(image);
  });
  router.get('/photos/:id/wall.json', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    response.set('cache-control', cacheControl('wall', fileSettings())).json({ comments: await photos.comments(id) });
  });
  router.get('/profiles/:id', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    const user = await users.find(id);
    if (user === null) throw new Problem(404, `There is no user ${id}.`);
    send(response, 'items', `${user.firstName} ${user.lastName}`, { items: await photos.ofUser(id) });
  });
  router.get('/upload', (_request, response) => send(response, 'upload', 'Upload', {}));
  router.get('/orders', async (request, response) => {
    const { id: userId } = await requireUser(services, request);
    send(response, 'orders', 'Orders', { orders: await orders.ofUser(userId) });
  });
  return router;

  async function imageOf(id: number): Promise<Buffer> {
    const key = String(id);
    const cached = await images.get(key);
    if (cached !== undefined) return cached;
    const photo = await photos.find(id);
    const image = photo === null ? null : await files.get(photo.photoId, photo.imageId);
    if (image === null) throw new Problem(404, `There is no photo ${id}.`);
    await images.set(key, image);
    return image;
  }
}
