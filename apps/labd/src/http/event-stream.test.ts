import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import express from 'express';
import { createEventLog } from '@loadstair/lab';
import { streamEvents } from './event-stream.ts';

const log = createEventLog<{ n: number }>();
for (const n of [1, 2, 3]) log.append({ n });
let stopped = 0;
const app = express();
app.get('/events', (request, response) => streamEvents(log, () => (stopped += 1), request, response));
const server = app.listen(0, '127.0.0.1');
let url = '';

beforeAll(async () => {
  if (!server.listening) await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
});
afterAll(() => {
  server.close();
});

const read = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<string> =>
  (await fetch(url + path, { headers })).text();

it('a reader that leaves stops what it owns, and nothing else', async () => {
  for (const [query, stops] of [
    ['', 0],
    ['?owner=1', 1],
  ] as const) {
    const leaving = new AbortController();
    const answer = await fetch(url + query, { signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
    while (stops > stopped) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(stopped).toBe(stops);
  }
});

it('a program gets a JSON object a line', async () => {
  log.close();
  expect(await read('')).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
  expect(await read('?since=2')).toBe('{"n":3}\n');
  for (const since of ['-1e300', 'NaN', '1e300', '-1', 'x']) expect(await read(`?since=${since}`)).toBe(await read(''));
});

it.each(['-1e300', '1e300', '-1', 'NaN', '0.5', 'x', '9'.repeat(400)])(
  '%s is no number of an event: the stream ends all the same',
  async (since) => {
    expect((await read(`?since=${since}`)).split('\n').filter(Boolean)).toHaveLength(3);
  },
);

it('a browser gets numbered events, takes them up where it was, and is told the end', async () => {
  const browser = { accept: 'text/event-stream' };
  expect(await read('?since=1', browser)).toBe('retry: 1000\n\nid: 2\ndata: {"n":2}\n\nid: 3\ndata: {"n":3}\n\nevent: end\ndata: {}\n\n');
  // What it saw last wins over where it began.
  expect(await read('?since=1', { ...browser, 'last-event-id': '3' })).toBe('retry: 1000\n\nevent: end\ndata: {}\n\n');
});
