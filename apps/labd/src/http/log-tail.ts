import { createReadStream, statSync } from 'node:fs';
import type { Request, Response } from 'express';

const TAIL_BYTES = 200 * 120;
const MOST_LINES = 10_000;
/** A watch on the file would end with the file, which is another one when its host starts anew. */
const LOOK_EVERY_MS = 200;

/** The last lines of a file, then what is appended while the reader stays; a file that was replaced is followed from its start. */
export function streamLog(file: string, request: Request, response: Response): void {
  const asked = Number(request.query['lines']);
  const lines = Number.isInteger(asked) && asked > 0 ? Math.min(MOST_LINES, asked) : 100;
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  let { inode, size } = stateOf(file);
  let position = Math.max(0, size - TAIL_BYTES * Math.ceil(lines / 100));
  const chunks: Buffer[] = [];
  const first = createReadStream(file, { start: position });
  first.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
  first.on('error', () => response.end());
  first.on('end', () => {
    const bytes = Buffer.concat(chunks);
    position += bytes.length;
    response.write(
      bytes
        .toString('utf8')
        .split('\n')
        .slice(-lines - 1)
        .join('\n'),
    );
    if (request.query['follow'] !== '1') return void response.end();
    let reading = false;
    const timer = setInterval(() => {
      if (reading) return;
      const now = stateOf(file);
      if (now.inode !== inode || now.size < position) position = 0;
      ({ inode, size } = now);
      if (size <= position) return;
      reading = true;
      const more = createReadStream(file, { start: position, end: size - 1 });
      position = size;
      more.once('close', () => (reading = false));
      // Gone between the look and the reading: the next look sees what stands there then.
      more.on('error', () => {});
      more.pipe(response, { end: false });
    }, LOOK_EVERY_MS);
    response.once('close', () => clearInterval(timer));
  });
}

function stateOf(file: string): { inode: number; size: number } {
  try {
    const { ino, size } = statSync(file);
    return { inode: ino, size };
  } catch {
    return { inode: 0, size: 0 };
  }
}
