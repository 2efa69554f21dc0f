import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ownDns } from './own-dns.ts';

let folder: string;
let list: string;
let resolvConf: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-dns-'));
  list = join(folder, 'list');
  writeFileSync(list, 'nameserver 127.1.254.1\n');
  mkdirSync(join(folder, 'etc'));
  resolvConf = join(folder, 'etc/resolv.conf');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a list of name servers of its own', () => {
  const view = (): string => join(folder, 'view');

  it('is mounted on the machine’s, where that is', () => {
    writeFileSync(resolvConf, '');
    expect(ownDns(list, view(), resolvConf)).toEqual([`mount --bind '${list}' '${resolvConf}'`]);
  });

  it.each([
    { about: 'leads to a folder that is there', to: 'run/list', there: 'run', onto: 'run', as: 'list' },
    { about: 'leads below a folder that is not', to: 'run/of/it/list', there: 'run', onto: 'run', as: 'of/it/list' },
    { about: 'leads nowhere from the root on', to: '/loadstair-has-no-such-folder/list', there: null, onto: 'etc', as: 'resolv.conf' },
    { about: 'is not there', to: null, there: null, onto: 'etc', as: 'resolv.conf' },
  ])('is in a folder that is mounted where the machine’s would be found, when that $about', ({ to, there, onto, as }) => {
    if (there !== null) mkdirSync(join(folder, there));
    if (to !== null) symlinkSync(to.startsWith('/') ? to : join('..', to), resolvConf);
    writeFileSync(join(folder, onto, 'hosts'), '127.0.0.1 localhost\n');
    expect(ownDns(list, view(), resolvConf)).toEqual([`mount --bind '${view()}' '${join(folder, onto)}'`]);
    expect(readFileSync(join(view(), as), 'utf8')).toBe('nameserver 127.1.254.1\n');
    expect(readFileSync(join(view(), 'hosts'), 'utf8')).toBe('127.0.0.1 localhost\n');
  });
});
