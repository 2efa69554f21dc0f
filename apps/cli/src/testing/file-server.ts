import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.gz': 'application/gzip',
};

export interface FileServer {
  /** Where the folder is, with a slash at its end. */
  readonly url: string;
  /** Paths that were asked for and are no file. */
  missing(): readonly string[];
  stop(): Promise<void>;
}

/**
 * A plain file server: a folder is its index.html, and is sent to the address with a slash; nothing else is done for a page.
 *
 * @param below path at which the folder is served, with a slash at either end
 */
export async function serveFiles(folder: string, below: string): Promise<FileServer> {
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://files');
    const path = decodeURIComponent(pathname);
    const file = path.startsWith(below) ? join(folder, normalize(`/${path.slice(below.length)}`)) : null;
    if (file === null || !existsSync(file)) {
      missing.push(path);
      return void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
    }
    if (!statSync(file).isDirectory())
      return void response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
    if (!path.endsWith('/')) return void response.writeHead(301, { location: `${pathname}/${search}` }).end();
    const page = join(file, 'index.html');
    if (existsSync(page)) return void response.writeHead(200, { 'content-type': TYPES['.html'] }).end(readFileSync(page));
    missing.push(path);
    response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`,
    missing: () => missing.splice(0),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
