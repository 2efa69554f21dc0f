import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildPage } from './pages.ts';

const GENERATED = join(import.meta.dirname, '../../../../dashboards/generated');
/** Series of a real run of stage 3, as its folder keeps them. */
const SERIES = join(import.meta.dirname, '../../fixtures/stage-3.json.gz');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

export function keptSeries(): string {
  return gunzipSync(readFileSync(SERIES)).toString('utf8');
}

/** Builds the page that draws one dashboard, and serves it with the dashboards and a kept run. */
export async function servePage(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-view-'));
  buildPage(import.meta.dirname, folder);
  const read = (path: string): Buffer | string | null => {
    if (path === '/series.json') return keptSeries();
    const file = path.startsWith('/generated/')
      ? join(GENERATED, path.slice('/generated/'.length))
      : join(folder, path === '/' ? 'index.html' : path);
    return existsSync(file) ? readFileSync(file) : null;
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const body = read(pathname);
    if (body === null) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(pathname) || '.html'] ?? 'text/plain' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async stop() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
