import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { PROBLEM } from './answers.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';

const REFUSALS = {
  400: 'The request is not valid',
  401: 'The key is missing or wrong',
  404: 'There is no such thing',
  409: 'Not now',
} as const;
const BY_KEY = [{ token: [] }];

/** The OpenAPI 3.1 document of labd. */
export function openApiDocument(url: string): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
    const [method = '', path = ''] = name.split(' ');
    (paths[path] ??= {})[method.toLowerCase()] = documented(method, path, operation);
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'labd',
      version: '1',
      description: 'The control plane of one Loadstair instance. Loopback only; a bearer token guards every change.',
    },
    servers: [{ url }],
    security: BY_KEY,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: paths satisfies ZodOpenApiPathsObject,
  });
}

function documented(method: string, path: string, operation: Operation): ZodOpenApiOperationObject {
  const { summary, query, body, answer, line, stream, status = 200, refuses = [], secret = false } = operation;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const needsKey = method !== 'GET' || secret;
  const content =
    stream === undefined ? { 'application/json': { schema: answer ?? z.null() } } : { [stream]: { schema: line ?? z.string() } };
  const refusals = [400, ...(needsKey || 'owner' in (shapeOf(query) ?? {}) ? [401] : []), ...refuses] as (keyof typeof REFUSALS)[];
  return {
    summary,
    ...(needsKey ? {} : { security: [] }),
    requestParams: {
      ...(names.length === 0 ? {} : { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
      ...(query === undefined ? {} : { query: z.object(shapeOf(query)) }),
    },
    ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      [String(status)]: { description: descriptionOf(answer) ?? summary, ...(status === 204 ? {} : { content }) },
      ...Object.fromEntries(refusals.map((refusal) => [String(refusal), problem(REFUSALS[refusal])])),
      default: problem('The lab failed'),
    },
  };
}

function problem(description: string) {
  return { description, content: { 'application/problem+json': { schema: PROBLEM } } };
}

function descriptionOf(schema: z.ZodType | undefined): string | undefined {
  return schema?.meta()?.description;
}

/** What may stand in a query; of one that may be written in several ways, all of it, each optional. */
function shapeOf(query: z.ZodType | undefined): Record<string, z.ZodType> | undefined {
  if (query instanceof z.ZodObject) return query.shape;
  if (!(query instanceof z.ZodUnion)) return undefined;
  const shapes = query.options.flatMap((option) => Object.entries(option instanceof z.ZodObject ? option.shape : {}));
  return Object.fromEntries(shapes.map(([name, schema]) => [name, z.optional(schema as z.ZodType)]));
}
