import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { LabProblem } from '@loadstair/lab';

/** Nothing but our own scripts and data; shared charts carry style attributes. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** File names carry a hash of their content. */
const HASHED_FOR = '365d';

/**
 * The console: its files, and its one page under every address that is no file.
 *
 * @param folder what Vite built
 */
export function consoleFiles(folder: string): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    next();
  });
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: HASHED_FOR, index: false, fallthrough: false }));
  router.get('/{*path}', (request, response, next) => {
    if (request.path.startsWith('/api/') || request.accepts(['json', 'html']) !== 'html') return next();
    if (!existsSync(join(folder, 'index.html'))) return next(notBuilt());
    response.set('cache-control', 'no-cache').sendFile('index.html', { root: folder });
  });
  return router;
}

function notBuilt(): LabProblem {
  return new LabProblem(503, {
    what: 'The console is not built.',
    why: 'this labd was not started by ./lab',
    do: './lab console',
    code: 'E_NO_CONSOLE',
    exit: 1,
  });
}
