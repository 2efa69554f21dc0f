import { once } from 'node:events';
import type { Request, Response } from 'express';
import type { EventLog } from '@loadstair/lab';

/** Number of the first event asked for: a whole one from 0 on, whatever was sent. Counting up from any other would never end. */
export function eventNumber(asked: unknown): number {
  const number = Number(asked);
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}

/** A browser that lost the stream asks again after this long. */
const RETRY_MS = 1000;

/**
 * Events from where the reader asks, to the end of the log: server-sent events for a browser, with the number of the next one
 * as their id, else one JSON object a line.
 *
 * @param stop called when the reader owns what it reads of and leaves before the end
 */
export async function streamEvents(log: EventLog<unknown>, stop: () => void, request: Request, response: Response): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  const browser = request.accepts(['application/x-ndjson', 'text/event-stream']) === 'text/event-stream';
  response.writeHead(200, {
    'content-type': browser ? 'text/event-stream' : 'application/x-ndjson',
    'cache-control': 'no-store',
  });
  response.flushHeaders();
  if (browser) response.write(`retry: ${RETRY_MS}\n\n`);
  let next = eventNumber(request.headers['last-event-id'] ?? request.query['since']);
  for await (const event of log.read(next, left.signal)) {
    next += 1;
    const text = JSON.stringify(event);
    if (!response.write(browser ? `id: ${next}\ndata: ${text}\n\n` : `${text}\n`)) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
  // What somebody watches in a terminal ends with that terminal, however it went away.
  if (left.signal.aborted && request.query['owner'] === '1') stop();
  // A browser would come back for more: it is told that this was all.
  if (browser && !left.signal.aborted) response.write('event: end\ndata: {}\n\n');
  response.end();
}
