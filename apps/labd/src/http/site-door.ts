import { request as askSite, type IncomingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { LabProblem } from '@loadstair/lab';
import { EXAMPLE } from '@loadstair/stages';

/** Of one connection alone (RFC 9110, 7.6.1). */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/**
 * Passes every request to the site that is up: for browsers that do not reach the site's own address. The site has an origin of its own,
 * so nothing in its pages can use the key of the console.
 *
 * @param siteUrl origin of the site, or null when none is up
 */
export function siteDoor(siteUrl: () => string | null): RequestHandler {
  return (request, response, next) => {
    const { hostname, port, host } = new URL(need(siteUrl()));
    const headers = { ...endToEnd(request.headers), host };
    // The path as it came: parsed as an address, `//elsewhere/` would lead to another host.
    const asked = askSite({ hostname, port, method: request.method, path: request.originalUrl, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      // A browser that leaves, or a host that dies, ends the answer.
      pipeline(answer, response).catch(() => response.destroy());
    });
    asked.once('error', (error) => {
      if (response.headersSent) response.destroy();
      else next(unreachable(error.message));
    });
    pipeline(request, asked).catch(() => asked.destroy());
  };
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
}

/** Sends a browser to the site that is up. */
export function toSite(siteUrl: () => string | null): RequestHandler {
  return (request, response) => response.set('cache-control', 'no-store').redirect(302, `${need(siteUrl())}${request.url}`);
}

function need(siteUrl: string | null): string {
  if (siteUrl !== null) return siteUrl;
  throw new LabProblem(503, {
    what: 'No site is up.',
    why: 'a site is up between ./lab up and ./lab down, and during a run',
    do: `./lab up ${EXAMPLE.stage}`,
    code: 'E_NO_SITE',
    exit: 2,
  });
}

function unreachable(why: string): LabProblem {
  return new LabProblem(502, { what: 'The site did not answer.', why, do: './lab status', code: 'E_SITE_SILENT', exit: 1 });
}
