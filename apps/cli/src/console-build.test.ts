import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { fingerprint } from './console-build.ts';

const root = mkdtempSync(join(tmpdir(), 'loadstair-console-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('the fingerprint of sources changes with their content and their names, and not by itself', () => {
  mkdirSync(join(root, 'src/deep'), { recursive: true });
  writeFileSync(join(root, 'src/deep/a.ts'), 'one');
  writeFileSync(join(root, 'lock'), 'lock');
  const look = (): string => fingerprint(root, ['src', 'lock', 'absent']);
  const first = look();
  expect(look()).toBe(first);
  writeFileSync(join(root, 'src/deep/a.ts'), 'two');
  const second = look();
  expect(second).not.toBe(first);
  writeFileSync(join(root, 'src/deep/b.ts'), '');
  expect(look()).not.toBe(second);
});
