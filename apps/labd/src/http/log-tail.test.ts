import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import express from 'express';
import { streamLog } from './log-tail.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-tail-'));
const log = join(folder, 'web-1.log');
let server: Server;
let url = '';

beforeAll(async () => {
  server = express()
    .get('/log', (request, response) => streamLog(log, request, response))
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

const lines = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}\n`).join('');

it('answers the last lines, and no more of them than a hundred unless asked', async () => {
  writeFileSync(log, lines(1, 500));
  expect(await (await fetch(url)).text()).toBe(lines(401, 500));
  expect(await (await fetch(`${url}?lines=2`)).text()).toBe(lines(499, 500));
  expect(await (await fetch(`${url}?lines=many`)).text()).toBe(lines(401, 500));
});

it('reads the end of a large file only', async () => {
  // A hundred lines are looked for in the last 24,000 bytes; these are longer.
  const long = `${'x'.repeat(1_000)}\n`;
  writeFileSync(log, long.repeat(20_000));
  const text = await (await fetch(url)).text();
  expect(text.length).toBeLessThanOrEqual(24_000);
  expect(text.endsWith(long)).toBe(true);
});

it('tells what is appended, and follows the file that takes its place', async () => {
  writeFileSync(log, lines(1, 3));
  const asked = new AbortController();
  const response = await fetch(`${url}?follow=1`, { signal: asked.signal });
  if (response.body === null) throw new Error('no body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (end: string): Promise<void> => {
    while (!text.endsWith(end)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The stream ended after ${JSON.stringify(text)}.`);
      text += value;
    }
  };
  await until('line 3\n');
  appendFileSync(log, 'line 4\n');
  await until('line 4\n');
  const fresh = join(folder, 'fresh.log');
  writeFileSync(fresh, 'a fresh host\n');
  renameSync(fresh, log);
  await until('a fresh host\n');
  expect(text).toBe(`${lines(1, 4)}a fresh host\n`);
  asked.abort();
});

it('answers nothing where no log is', async () => {
  rmSync(log, { force: true });
  expect(await (await fetch(url)).text()).toBe('');
});
