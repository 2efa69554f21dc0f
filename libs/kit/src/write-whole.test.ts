import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DiskRefused, writeWhole, writeWholeInNewFolder } from './write-whole.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'loadstair-whole-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gives a file its mode, whatever one was left behind', () => {
  const file = join(folder, 'progress.json');
  writeFileSync(`${file}.new`, 'a longer text of a lab that was killed', { mode: 0o644 });
  writeWhole(file, 'mine', { mode: 0o600 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(readdirSync(folder)).toEqual(['progress.json']);
});

it('writes through no link, neither beside nor in the place of the file', () => {
  const elsewhere = join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'of somebody else');
  const file = join(folder, 'members.json');
  symlinkSync(elsewhere, file);
  symlinkSync(elsewhere, `${file}.new`);
  writeWhole(file, 'mine', { lasting: false });
  expect(readFileSync(elsewhere, 'utf8')).toBe('of somebody else');
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

it('makes the folder when asked, and says which file the disk refused', () => {
  const file = join(folder, 'a', 'b', 'state.json');
  writeWholeInNewFolder(file, '{}');
  expect(readFileSync(file, 'utf8')).toBe('{}');
  const below = join(file, 'c.json');
  expect(() => writeWholeInNewFolder(below, '{}')).toThrow(DiskRefused);
  expect(() => writeWhole(join(folder, 'none', 'd.json'), '')).toThrow(expect.objectContaining({ code: 'E_DISK', exit: 1 }));
});
