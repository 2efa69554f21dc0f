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
        throw forbidden(401, 'the key is missing or wrong', port);
      }
      next();
    });
  };
}

/**
 * Names of this machine itself, with any port: a tunnel may have another at its near end. A name that somebody rebinds to 127.0.0.1 is not
 * among them, and no page elsewhere has them as its origin.
 */
const OUR_NAMES = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;

/** Host must be ours, and Origin the same or absent; no page of another site may as much as ask. */
export function isOurs(port: number): RequestHandler {
  return (request, response, next) => {
    const { host, origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (host === undefined || !OUR_NAMES.test(host)) throw forbidden(403, `the Host header is ${host ?? 'missing'}`, port);
    if (origin !== undefined && origin !== `http://${host}`) throw forbidden(403, `the request came from ${origin}`, port);
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw forbidden(403, `a ${site} page made the request`, port);
    response.set({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
    next();
  };
}

/** Whether a request does more than read. A reader that owns a run stops it by leaving. */
export function changesTheLab(request: Request): boolean {
  return !['GET', 'HEAD'].includes(request.method) || request.query['owner'] === '1';
}

function forbidden(status: number, why: string, port: number): LabProblem {
  return new LabProblem(status, {
    what: 'labd refused the request.',
    why,
    do: `./lab console prints an address with the key; over ssh: ssh -L ${port}:127.0.0.1:${port}`,
    code: 'E_FORBIDDEN',
    exit: 1,
  });
}

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
