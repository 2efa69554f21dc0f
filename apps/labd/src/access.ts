import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { LabProblem } from './problem.ts';

/**
 * Guards the API of a server that listens on loopback only: a page from elsewhere, or a name that was rebound to
 * 127.0.0.1, must not drive the lab. Host must be ours, Origin ours or absent, and the token right.
 */
export function guard(port: number, token: string): RequestHandler {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  return (request, _response, next) => {
    if (!hosts.has(request.headers.host ?? '')) {
      throw forbidden(403, `The Host header is ${request.headers.host ?? 'missing'}.`);
    }
    const origin = request.headers.origin;
    if (origin !== undefined && !origins.has(origin)) throw forbidden(403, `The request came from ${origin}.`);
    if (!sameText(request.headers.authorization ?? '', `Bearer ${token}`)) {
      throw forbidden(401, 'The token is missing or wrong.');
    }
    next();
  };
}

function forbidden(status: number, why: string): LabProblem {
  return new LabProblem(status, {
    what: 'labd refused the request.',
    why,
    do: 'use ./lab, or the token in .lab/instances/<instance>/labd.json',
    code: 'E_FORBIDDEN',
    exit: 1,
  });
}

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
