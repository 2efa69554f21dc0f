import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const GENERATED = join(import.meta.dirname, '../../../../dashboards/generated');
/** Series of a real run of stage 3, as its folder keeps them. */
const SERIES = join(import.meta.dirname, '../../fixtures/stage-3.json.gz');
const VITE = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
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
  // In a process of its own: Vite's native parts do not know the objects of Jest's sandbox.
  const built = spawnSync(
    process.execPath,
    [VITE, 'build', import.meta.dirname, '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'],
    {
      encoding: 'utf8',
    },
  );
  if (built.status !== 0) throw new Error(`Vite did not build the page: ${built.stderr}`);
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
