import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readTraces } from '../run-folder.ts';
import { readBounded, readLines, TooLarge } from './read-bounded.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-bounded-'));
  file = join(folder, 'traces.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('reads the lines that fit, and no half one', () => {
  writeFileSync(file, 'one\ntwo\nthree\n');
  expect(readLines(file, 100)).toEqual(['one', 'two', 'three']);
  expect(readLines(file, 10)).toEqual(['one', 'two']);
  expect(readLines(join(folder, 'absent'), 10)).toEqual([]);
});

it('reads a whole file or none of it', () => {
  writeFileSync(file, 'four');
  expect(readBounded(file, 4)).toBe('four');
  expect(() => readBounded(file, 3)).toThrow(TooLarge);
});

it('takes the beginning of traces that are larger than memory', () => {
  const span = { traceId: 't', spanId: 's', name: 'GET', startTimeUnixNano: '1', endTimeUnixNano: '2' };
  writeFileSync(file, `${JSON.stringify({ resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ spans: [span] }] }] })}\n`);
  // Sparse: it takes no space on the disk.
  truncateSync(file, 64 * 2 ** 30);
  appendFileSync(file, '\n');
  expect(readTraces(folder)).toMatchObject([{ span: 's' }]);
});
