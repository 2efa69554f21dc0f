import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { traceIn, type Logger } from '@loadstair/telemetry';
import { ZodError } from 'zod';
import { BadImage, ImageTooSlow } from '../images/images.ts';
import { DatabaseBusy } from '../storage/connections.ts';
import { NotThere } from '../storage/photos.ts';

/** An answer that is not a success, as RFC 9457 writes it. */
export class Problem extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.headers = headers;
  }
}

/** 404 where it is not. @param what for example `photo 7` */
export function there<Thing>(thing: Thing | null, what: string): Thing {
  if (thing === null) throw new Problem(404, `There is no ${what}.`);
  return thing;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Cannot be processed',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Busy',
};

export const notFound: RequestHandler = (_request, _response, next) => next(new Problem(404, 'There is nothing at this address.'));

/**
 * Turns every error into a problem document. What the client did wrong is 4xx and says so; our own faults say nothing but in the log. Both
 * are logged with the id of the request.
 */
export function answerProblems(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    const problem = problemOf(error);
    const fields = { ...requestFields(request), status: problem.status };
    if (problem.status >= 500) log.error({ ...fields, err: error }, problem.message);
    else log.warn(fields, problem.message);
    if (response.headersSent) return next(error);
    response
      .status(problem.status)
      .set(problem.headers)
      .type('application/problem+json')
      .send(
        JSON.stringify({ type: 'about:blank', title: TITLES[problem.status] ?? 'Error', status: problem.status, detail: problem.message }),
      );
  };
}

/** Logs requests whose connection was closed before their answer was sent: nobody else knows of them. */
export function logUnanswered(log: Logger): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      if (response.writableFinished) return;
      const took = { duration_ms: Math.round(performance.now() - begun) };
      log.warn({ ...requestFields(request), ...took }, 'the connection was closed before the answer was sent');
    });
    next();
  };
}

/** By which lines of other hosts about the same request are found. The path as it was asked for: routers shorten the other. */
function requestFields(request: Request): { readonly method: string; readonly path: string; readonly trace_id?: string } {
  const trace = traceIn(request.get('traceparent'));
  const [path = ''] = request.originalUrl.split('?');
  return { method: request.method, path, ...(trace === null ? {} : { trace_id: trace }) };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ZodError) {
    return new Problem(400, error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '));
  }
  if (error instanceof BadImage) return new Problem(422, error.message);
  if (error instanceof ImageTooSlow) return new Problem(503, error.message, { 'retry-after': '1' });
  if (error instanceof NotThere) return new Problem(404, error.message);
  if (error instanceof DatabaseBusy) return new Problem(503, 'The database is busy. Try again.', { 'retry-after': '1' });
  // Express and its body parsers mark what the client did wrong with a status.
  const { status, expose, type } = error as { status?: number; expose?: boolean; type?: string };
  if (status !== undefined && status >= 400 && status < 500) {
    return new Problem(
      status,
      type === 'entity.parse.failed'
        ? 'The body is not valid JSON.'
        : expose === true
          ? (error as Error).message
          : 'The request cannot be read.',
    );
  }
  return new Problem(500, 'Something went wrong here. It is logged.');
}
