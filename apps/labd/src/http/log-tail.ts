import { createReadStream, statSync, watch } from 'node:fs';
import type { Request, Response } from 'express';

const TAIL_BYTES = 200 * 120;

/** The last lines of a file, then what is appended while the reader stays. */
export function streamLog(file: string, request: Request, response: Response): void {
  const lines = Math.min(10_000, Number(request.query['lines'] ?? 100) || 100);
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  let position = Math.max(0, sizeOf(file) - TAIL_BYTES * Math.ceil(lines / 100));
  const chunks: Buffer[] = [];
  const first = createReadStream(file, { start: position });
  first.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
  first.on('error', () => response.end());
  first.on('end', () => {
    const text = Buffer.concat(chunks).toString('utf8');
    position += Buffer.byteLength(text);
    const all = text.split('\n');
    response.write(all.slice(-lines - 1).join('\n'));
    if (request.query['follow'] !== '1') return void response.end();
    const watcher = watch(file, () => {
      const size = sizeOf(file);
      if (size <= position) return;
      const start = position;
      position = size;
      createReadStream(file, { start, end: size - 1 }).pipe(response, { end: false });
    });
    response.once('close', () => watcher.close());
  });
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
