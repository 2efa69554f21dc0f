import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { LabProblem } from './problem.ts';

/**
 * Guards a server that listens on loopback only: a page from elsewhere, or a name that was rebound to 127.0.0.1, must not
 * reach the lab at all, and only who has the token may change it (docs/decisions/who-may-drive-the-lab.md).
 *
 * @param changes whether a request does more than read
 */
export function guard(port: number, token: string, changes: (request: Request) => boolean): RequestHandler {
  const ours = isOurs(port);
  return (request, response, next) => {
    ours(request, response, () => {
      if (changes(request) && !sameText(request.headers.authorization ?? '', `Bearer ${token}`)) {
        throw forbidden(401, 'The key is missing or wrong.');
      }
      next();
    });
  };
}

/** Host must be ours, and Origin ours or absent. */
export function isOurs(port: number): RequestHandler {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  return (request, _response, next) => {
    if (!hosts.has(request.headers.host ?? '')) {
      throw forbidden(403, `The Host header is ${request.headers.host ?? 'missing'}.`);
    }
    const origin = request.headers.origin;
    if (origin !== undefined && !origins.has(origin)) throw forbidden(403, `The request came from ${origin}.`);
    next();
  };
}

/** Whether a request does more than read. A reader that owns a run stops it by leaving. */
export function changesTheLab(request: Request): boolean {
  return !['GET', 'HEAD'].includes(request.method) || request.query['owner'] === '1';
}

function forbidden(status: number, why: string): LabProblem {
  return new LabProblem(status, {
    what: 'labd refused the request.',
    why,
    do: './lab console prints an address with the key',
    code: 'E_FORBIDDEN',
    exit: 1,
  });
}

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
