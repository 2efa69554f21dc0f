import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { bytesOnDisk, namesIn, readTextOr } from './files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('reads a file, and says otherwise where there is none', () => {
  writeFileSync(join(folder, 'a'), 'text');
  expect(readTextOr(join(folder, 'a'), 'none')).toBe('text');
  expect([join(folder, 'b'), folder].map((file) => readTextOr(file, 'none'))).toEqual(['none', 'none']);
});

it('lists a folder, and nothing where there is none', () => {
  writeFileSync(join(folder, 'a'), '');
  expect(namesIn(folder)).toEqual(['a']);
  expect([join(folder, 'a'), join(folder, 'b')].map(namesIn)).toEqual([[], []]);
});

it('counts what files take on the disk, below folders too, and follows no link', () => {
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'below', 'a'), Buffer.alloc(10_000));
  const one = bytesOnDisk(join(folder, 'below', 'a'));
  expect(one).toBeGreaterThanOrEqual(10_000);
  symlinkSync(join(folder, 'below'), join(folder, 'link'));
  expect(bytesOnDisk(folder) - bytesOnDisk(join(folder, 'link'))).toBe(one);
  expect(bytesOnDisk(join(folder, 'none'))).toBe(0);
});
