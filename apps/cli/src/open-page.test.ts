import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openInBrowser } from './open-page.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-open-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function opener(script: string): string {
  const file = join(folder, 'opener');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

it('an opener gets the address', async () => {
  expect(await openInBrowser('http://127.0.0.1:4600/runs/k3f9', opener(`echo "$1" > ${join(folder, 'opened')}`))).toBe(true);
  expect(readFileSync(join(folder, 'opened'), 'utf8')).toBe('http://127.0.0.1:4600/runs/k3f9\n');
});

it('no opener, or one without a desktop, is told apart from one that opened it', async () => {
  expect(await openInBrowser('http://127.0.0.1:4600/', join(folder, 'none'))).toBe(false);
  expect(await openInBrowser('http://127.0.0.1:4600/', opener('exit 3'))).toBe(false);
});
