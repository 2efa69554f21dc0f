import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { LabProblem } from '@loadstair/lab';

/**
 * Guards a server that listens on loopback only: a page from elsewhere, or a name that was rebound to 127.0.0.1, must not
 * reach the lab at all, and only who has the token may change it (docs/decisions/changes-need-the-key-of-labd.md).
 *
 * @param changes whether a request does more than read
 */
export function guard(port: number, token: string, changes: (request: Request) => boolean): RequestHandler {
  const ours = isOurs(port);
  return (request, response, next) => {
    ours(request, response, () => {
      if (changes(request) && !hasKey(request, token)) {
        throw forbidden(401, 'The key is missing or wrong.');
      }
      next();
    });
  };
}

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** What follows the name in a Host header. */
const PORT = /:(\d{1,5})$/;

/**
 * Host must name loopback, and Origin, where there is one, that same host: a tunnel or a published port may lead here from another port
 * of the reader's machine, a name that was rebound to 127.0.0.1 may not. What a page of another site asks for is refused even where a
 * browser sends no Origin.
 *
 * @param port of the machine that people know; the Host header may name another, which leads here too
 * @param names that Host may have beside those of loopback
 */
export function isOurs(port: number, names: readonly string[] = []): RequestHandler {
  return (request, response, next) => {
    const { host = 'missing', origin } = request.headers;
    response.set({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
    if (!LOOPBACK_HOST.test(host) && !names.includes(host.replace(PORT, ''))) {
      const near = PORT.exec(host)?.[1] ?? port;
      throw forbidden(
        403,
        `The Host header is ${host}, which is not a loopback name.`,
        `use 127.0.0.1 with the same port on both sides: ssh -L ${near}:127.0.0.1:${near} <this machine>`,
      );
    }
    if (origin !== undefined && origin !== `http://${host}`) throw forbidden(403, `The request came from ${origin}.`);
    const site = request.headers['sec-fetch-site'];
    // A link in somebody's chat or document may open the console; nothing else of another site gets an answer.
    const opensPage = request.headers['sec-fetch-mode'] === 'navigate' && !request.path.startsWith('/api');
    if ((site === 'cross-site' || site === 'same-site') && !opensPage)
      throw forbidden(403, 'The request came from a page of another site.');
    next();
  };
}

/** Whether a request does more than read. A reader that owns a run stops it by leaving. */
export function changesTheLab(request: Request): boolean {
  return !['GET', 'HEAD'].includes(request.method) || request.query['owner'] === '1';
}

export function hasKey(request: Request, token: string): boolean {
  return sameText(request.headers.authorization ?? '', `Bearer ${token}`);
}

function forbidden(status: number, why: string, remedy = './lab console prints an address with the key'): LabProblem {
  return new LabProblem(status, {
    what: 'labd refused the request.',
    why,
    do: remedy,
    code: 'E_FORBIDDEN',
    exit: 1,
  });
}

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
