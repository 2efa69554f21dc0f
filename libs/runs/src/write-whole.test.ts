import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { writeWhole } from './write-whole.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'loadstair-whole-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gives a file its mode, whatever one was left behind', () => {
  const file = join(folder, 'progress.json');
  writeFileSync(`${file}.new`, 'a longer text of a lab that was killed', { mode: 0o644 });
  writeWhole(file, 'mine', 0o600);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(readdirSync(folder)).toEqual(['progress.json']);
});
