import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openFiles, proxy, userIds } from './machine-rights.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-rights-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  writeFileSync(join(folder, 'file'), text);
  return join(folder, 'file');
}

describe('open files', () => {
  const limits = (hard: string): string =>
    file(
      `Limit                     Soft Limit           Hard Limit           Units\nMax open files            256                  ${hard.padEnd(20)} files\n`,
    );

  it.each([
    ['unlimited', 'ok', 'unlimited for each program'],
    ['8192', 'ok', '8192 for each program'],
    ['1024', 'warn', 'HAProxy needs 8150; each program may open 1024'],
    ['64', 'missing', 'HAProxy needs 8150; each program may open 64'],
  ])('a hard limit of %s is %s', (hard, state, found) => {
    expect(openFiles(limits(hard))).toMatchObject({ state, found });
  });
});

describe('user ids', () => {
  it.each([
    ['all of a machine', '         0          0 4294967295\n', 'ok'],
    ['two ranges of a container', '0 100000 65536\n1879048192 1000000 65536\n', 'ok'],
    ['the usual range of a container', '         0     100000      65536\n', 'ok'],
    ['hardly any', '         0       1000          1\n', 'missing'],
  ])('%s', (_, text, state) => {
    expect(userIds(file(text)).state).toBe(state);
  });
});

describe('proxy variables', () => {
  it('are named without their values, which may hold a password', () => {
    expect(proxy({ HTTP_PROXY: 'http://anna:secret@proxy', http_proxy: 'x', NO_PROXY: 'y', all_proxy: '' }).found).toBe(
      'http_proxy: used for installing, not for load',
    );
    expect(proxy({ PATH: '/bin' }).found).toBe('no proxy variables are set');
  });
});
