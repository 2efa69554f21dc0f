import type { Express, Request, Response } from 'express';
import { LabProblem } from '@loadstair/lab';
import { OPERATIONS, type AnswerOf, type CallName, type Operation, type OperationName, type Taken } from '@loadstair/lab-api';
import type { z } from 'zod';

/** What labd does for each operation; a stream is written to the response, any other answer is given back. */
export type Handlers<Names extends OperationName = OperationName> = {
  readonly [Name in Names]: Name extends CallName
    ? (taken: Taken<Name>, request: Request) => AnswerOf<Name> | Promise<AnswerOf<Name>>
    : (taken: Taken<Name>, request: Request, response: Response) => void | Promise<void>;
};

/** Every operation of the table as a route: what is sent is checked before its handler sees it. */
export function mountOperations(app: Express, handlers: Handlers): void {
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
    const [method = '', path = ''] = name.split(' ');
    // The table gives each handler its own type of argument; here, where all are called alike, none is left.
    const handler = handlers[name as OperationName] as (taken: unknown, request: Request, response: Response) => unknown;
    app[method.toLowerCase() as 'get' | 'post' | 'delete'](path.replace(/\{(\w+)\}/g, ':$1'), async (request, response) => {
      const answer = await handler(takenFrom(operation, request), request, response);
      const { stream, status = 200 } = operation;
      if (stream !== undefined) return;
      if (status === 204) response.status(status).end();
      else response.status(status).json(answer);
    });
  }
}

/** Throws LabProblem 400 when the request is not one of the operation. */
function takenFrom({ query, body }: Operation, request: Request): unknown {
  return {
    path: request.params,
    ...(query === undefined ? {} : { query: checked(query, request.query, 'query') }),
    ...(body === undefined ? {} : { body: checked(body, request.body ?? {}, 'body') }),
  };
}

function checked(schema: z.ZodType, given: unknown, part: 'body' | 'query'): unknown {
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
