import type { Request } from 'express';
import type { z } from 'zod';
import { LabProblem } from '@loadstair/lab';

/** The body of a request, checked. Throws LabProblem 400. */
export function body<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  return checked(schema, request.body ?? {}, 'body');
}

/** What stands behind the question mark, checked. Throws LabProblem 400. */
export function query<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  return checked(schema, request.query, 'query');
}

/** A part of the path. */
export function parameter(request: Request, name: string): string {
  return String(request.params[name]);
}

function checked<Schema extends z.ZodType>(schema: Schema, given: unknown, part: 'body' | 'query'): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new LabProblem(400, {
    what: `The request ${part} is not valid.`,
    why: parsed.error.issues.map((issue) => `${issue.path.join('.') || part}: ${issue.message}`).join('; '),
    do: 'see /openapi.json',
    code: 'E_BAD_REQUEST',
    exit: 2,
  });
}
