import { createReadStream, statSync, unwatchFile, watchFile, type Stats } from 'node:fs';
import type { Request, Response } from 'express';

const TAIL_BYTES = 200 * 120;
const LOOK_MS = 300;

/** The last lines of a file, then what is appended while the reader stays; a file that takes its place is read from its start. */
export function streamLog(file: string, request: Request, response: Response): void {
  const lines = Math.min(10_000, Number(request.query['lines'] ?? 100) || 100);
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  const begun = statOf(file);
  let inode = begun?.ino ?? 0;
  let position = Math.max(0, (begun?.size ?? 0) - TAIL_BYTES * Math.ceil(lines / 100));
  const chunks: Buffer[] = [];
  const first = createReadStream(file, { start: position });
  first.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
  first.on('error', () => response.end());
  first.on('end', () => {
    const read = Buffer.concat(chunks);
    position += read.length;
    response.write(
      read
        .toString('utf8')
        .split('\n')
        .slice(-lines - 1)
        .join('\n'),
    );
    if (request.query['follow'] !== '1') return void response.end();
    let reading = false;
    const look = ({ ino, size }: Pick<Stats, 'ino' | 'size'>): void => {
      if (ino === 0 || reading) return;
      if (ino !== inode || size < position) position = 0;
      inode = ino;
      if (size <= position) return;
      reading = true;
      const more = createReadStream(file, { start: position, end: size - 1 });
      position = size;
      // A file that is gone again: its successor is read when it is there.
      more.on('error', () => {});
      more.on('close', () => {
        reading = false;
        const now = statOf(file);
        if (now !== null) look(now);
      });
      more.pipe(response, { end: false });
    };
    // By its name and not by its inode, so that a replaced file is followed.
    watchFile(file, { interval: LOOK_MS }, look);
    response.once('close', () => unwatchFile(file, look));
  });
}

function statOf(file: string): Stats | null {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}
