import { Router, type Response } from 'express';
import { Eta } from 'eta';
import type { Files } from '@loadstair/site-plan';
import { keyOf, loadComments, sendBody } from './answers.ts';
import type { Photo } from '../storage/photos.ts';
import type { SiteServices } from './context.ts';
import { cacheControl, fileAddress, imageAddress, pageFiles } from './files.ts';
import { idOf } from './input.ts';
import { there } from './problem.ts';
import { currentUser, requireUser } from './session.ts';
import { ITEMS, LAYOUT, ORDERS, PHOTO, UPLOAD } from './views/layout.ts';

const eta = new Eta({ autoEscape: true, cache: true });
const layout = eta.compile(LAYOUT);
const views = { items: eta.compile(ITEMS), photo: eta.compile(PHOTO), upload: eta.compile(UPLOAD), orders: eta.compile(ORDERS) };

/** Who sees the front page without being signed in. */
const GUEST_FEED_OF = 12;

/** HTML for browsers. */
export function pages(services: SiteServices, fileSettings: () => Files): Router {
  const { answers, users, photos, files, orders, images, activity } = services;
  const router = Router();
  const render = (view: keyof typeof views, title: string, data: object): string => {
    const now = fileSettings();
    const stylesheet = fileAddress('/static/site.css', now);
    const body = eta.render(views[view], { ...data, image: (photo: Parameters<typeof imageAddress>[0]) => imageAddress(photo, now) });
    return eta.render(layout, { title, body, stylesheet, elsewhere: now.base !== null });
  };
  const send = (response: Response, page: string): void => sendBody(response, 'html', Buffer.from(page));

  router.get('/', async (request, response) => {
    const userId =
      request.query['user'] === undefined
        ? ((await currentUser(services, request))?.id ?? GUEST_FEED_OF)
        : idOf(request.query['user'], 'user');
    const key = keyOf.feedPage(userId, pageFiles(fileSettings()));
    const page = await answers.html(
      key,
      () => photos.feed(userId),
      (feed) => render('items', `Feed of ${feed.user.name}`, feed),
    );
    const body = there(page, `user ${userId}`);
    activity.seen(userId);
    sendBody(response, 'html', body);
  });
  router.get('/photos/:id', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    // Asked for together: of one cache server they come in one answer.
    const [found, talk] = await Promise.all([findPhoto(id), answers.value(keyOf.comments(id), () => loadComments(photos, id))]);
    const photo = there(found, `photo ${id}`);
    send(response, render('photo', photo.caption, { photo, comments: talk?.comments ?? [] }));
  });
  router.get('/photos/:id/image', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    const image = await imageOf(id);
    response.type('jpeg').set('cache-control', cacheControl('photo', fileSettings())).send(image);
  });
  router.get('/photos/:id/wall.json', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    response.set('cache-control', cacheControl('wall', fileSettings()));
    sendBody(response, 'json', there(await answers.json(keyOf.comments(id), () => loadComments(photos, id)), `photo ${id}`));
  });
  router.get('/profiles/:id', async (request, response) => {
    const id = idOf(request.params.id, 'id');
    const page = await answers.html(
      keyOf.profilePage(id, pageFiles(fileSettings())),
      async () => {
        const user = await users.find(id);
        return user === null ? null : { user, items: await photos.ofUser(id) };
      },
      ({ user, items }) => render('items', `${user.firstName} ${user.lastName}`, { items }),
    );
    sendBody(response, 'html', there(page, `user ${id}`));
  });
  router.get('/upload', (_request, response) => send(response, render('upload', 'Upload', {})));
  router.get('/orders', async (request, response) => {
    const { id: userId } = await requireUser(services, request);
    send(response, render('orders', 'Orders', { orders: await orders.ofUser(userId) }));
  });
  return router;

  function findPhoto(id: number): Promise<Photo | null> {
    return answers.value(keyOf.photo(id), () => photos.find(id));
  }
  async function imageOf(id: number): Promise<Buffer> {
    const key = String(id);
    const cached = await images.get(key);
    if (cached !== undefined) return cached;
    const photo = await findPhoto(id);
    const image = there(photo === null ? null : await files.get(photo.photoId, photo.imageId), `photo ${id}`);
    await images.set(key, image);
    return image;
  }
}
