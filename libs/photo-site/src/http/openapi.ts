import { z } from 'zod';
import { EDIT, PICTURE_TYPES } from '../images/images.ts';
import { COMMENT_BODY, NAME_BODY, ORDER_BODY, SESSION_BODY, USER_BODY } from './input.ts';

interface Operation {
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly picture?: true;
  readonly query?: readonly string[];
  readonly signedIn?: true;
  readonly success: 200 | 201 | 204;
  readonly html?: true;
}

/** Every route of the site, except static files. A test compares it with what the router holds. */
export const ROUTES: Readonly<Record<string, Operation>> = {
  'GET /': { summary: 'Home feed', query: ['user'], success: 200, html: true },
  'GET /photos/{id}': { summary: 'One photo', success: 200, html: true },
  'GET /photos/{id}/image': { summary: 'Its picture', success: 200 },
  'GET /photos/{id}/wall.json': { summary: 'Comments on one photo, cacheable', success: 200 },
  'GET /profiles/{id}': { summary: 'Photos of one user', success: 200, html: true },
  'GET /upload': { summary: 'Upload page', success: 200, html: true },
  'GET /orders': { summary: 'Orders page', success: 200, html: true, signedIn: true },
  'GET /users/{id}': { summary: 'A user', success: 200 },
  'GET /documents/users/{id}': { summary: 'A user, kept as one document', success: 200 },
  'PUT /users/{id}/name': { summary: 'Rename a user: one row', body: NAME_BODY, success: 200 },
  'PUT /documents/users/{id}/name': { summary: 'The same in every document with the name', body: NAME_BODY, success: 200 },
  'POST /users': { summary: 'Sign up', body: USER_BODY, success: 201 },
  'GET /api/feed': { summary: 'Feed of a user', query: ['user'], success: 200 },
  'GET /api/popular': { summary: 'The most liked recent photos of the users that a user follows', query: ['user'], success: 200 },
  'GET /api/photos/{id}': { summary: 'One photo', success: 200 },
  'GET /api/photos/{id}/page': { summary: 'All that its page shows, from rows', success: 200 },
  'GET /documents/photos/{id}': { summary: 'The same, kept as one document (of the photos liked most)', success: 200 },
  'POST /api/photos': { summary: 'Upload a photo', picture: true, query: ['caption'], signedIn: true, success: 201 },
  'POST /api/photos/{id}/edits': { summary: 'Crop, sharpen or blur; answers the new photo', body: EDIT, signedIn: true, success: 201 },
  'POST /api/photos/{id}/likes': { summary: 'Like', signedIn: true, success: 201 },
  'POST /api/photos/{id}/comments': { summary: 'Comment', body: COMMENT_BODY, signedIn: true, success: 201 },
  'GET /api/photos/{id}/comments': { summary: 'The newest comments', success: 200 },
  'POST /api/sessions': { summary: 'Sign in (the lab has no passwords)', body: SESSION_BODY, success: 201 },
  'DELETE /api/sessions': { summary: 'Sign out', success: 204 },
  'POST /api/orders': { summary: 'Order prints', body: ORDER_BODY, signedIn: true, success: 201 },
  'GET /api/orders': { summary: 'My orders', signedIn: true, success: 200 },
  'GET /api/prices': { summary: 'Cents by size', success: 200 },
  'GET /openapi.json': { summary: 'This document', success: 200 },
  'GET /healthz': { summary: 'The process lives', success: 200 },
  'GET /readyz': { summary: 'The site can serve', success: 200 },
};

export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  const problem = { description: 'problem (RFC 9457)', content: { 'application/problem+json': { schema: { type: 'object' } } } };
  for (const [name, operation] of Object.entries(ROUTES)) {
    const [method, path] = name.split(' ') as [string, string];
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => ({
      name: one,
      in: 'path',
      required: true,
      schema: { type: 'integer', minimum: 1 },
    }));
    const inQuery = (operation.query ?? []).map((one) => ({ name: one, in: 'query', required: false, schema: { type: 'string' } }));
    const content =
      operation.picture === true
        ? Object.fromEntries(PICTURE_TYPES.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
        : operation.body === undefined
          ? null
          : { 'application/json': { schema: z.toJSONSchema(operation.body, { io: 'input', unrepresentable: 'any' }) } };
    const answer = operation.html === true ? 'text/html' : path.endsWith('/image') ? 'image/jpeg' : 'application/json';
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = {
      summary: operation.summary,
      parameters: [...inPath, ...inQuery],
      ...(content === null ? {} : { requestBody: { required: true, content } }),
      ...(operation.signedIn === true ? { security: [{ session: [] }] } : {}),
      responses: {
        [operation.success]: { description: 'success', ...(operation.success === 204 ? {} : { content: { [answer]: { schema: {} } } }) },
        default: problem,
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Photos', version: '1', description: 'The photo-sharing site of the lab.' },
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
}
