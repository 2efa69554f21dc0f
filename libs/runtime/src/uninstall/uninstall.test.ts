import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { debianRoot, havePackages, type MadeUpPackage } from '../testing/debian-root.ts';
import { readJournal, whatIsThere, writeDown } from '../tools/journal.ts';
import { uninstallPlan, type UninstallPlan } from './plan.ts';
import { uninstall } from './uninstall.ts';

const BEFORE: readonly MadeUpPackage[] = [
  { name: 'libc6' },
  { name: 'mail', depends: 'libc6, sender | big-sender' },
  { name: 'big-sender' },
];
const ADDED: readonly MadeUpPackage[] = [
  { name: 'database', depends: 'libc6, client', files: ['/usr/sbin/databased', '/lib/systemd/system/database.service'] },
  { name: 'client', depends: 'libpq' },
  { name: 'libpq' },
  { name: 'proxy', files: ['/usr/sbin/proxyd', '/lib/systemd/system/proxy.service'] },
  { name: 'sender' },
];
let root: string;
beforeEach(() => {
  root = debianRoot(BEFORE);
  const before = whatIsThere(root);
  havePackages(root, [...BEFORE, ...ADDED]);
  writeDown(root, before);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const plan = (): UninstallPlan => uninstallPlan(root, join(root, 'proc'));
const ALL = ['database', 'client', 'libpq', 'proxy', 'sender'];

describe('the plan of an uninstallation', () => {
  it('is exactly what the journal lists; what needs one of several packages has another', () => {
    expect(plan()).toEqual({ purge: ALL, remove: [], keep: [], upgraded: [], users: [] });
  });

  it('leaves what somebody installed later, and all that this needs', () => {
    havePackages(root, [...BEFORE, ...ADDED, { name: 'reports', depends: 'client' }]);
    expect(plan().purge).toEqual(['database', 'proxy', 'sender']);
    expect(plan().keep).toEqual([
      { name: 'client', why: 'reports needs it' },
      { name: 'libpq', why: 'client needs it' },
    ]);
  });

  it('leaves a package whose service starts at boot or whose program runs, with what it needs', () => {
    mkdirSync(join(root, 'etc/systemd/system/multi-user.target.wants'), { recursive: true });
    symlinkSync('/lib/systemd/system/proxy.service', join(root, 'etc/systemd/system/multi-user.target.wants/proxy.service'));
    mkdirSync(join(root, 'proc/77'));
    symlinkSync(join(root, 'usr/sbin/databased'), join(root, 'proc/77/exe'));
    expect(plan().purge).toEqual(['sender']);
    expect(plan().keep).toEqual([
      { name: 'database', why: 'its program runs (pid 77)' },
      { name: 'proxy', why: 'proxy.service starts at boot' },
      { name: 'client', why: 'database needs it' },
      { name: 'libpq', why: 'client needs it' },
    ]);
  });

  it('passes over what somebody has removed meanwhile, and is empty where the lab installed nothing', () => {
    havePackages(root, BEFORE);
    expect(plan().purge).toEqual([]);
    rmSync(join(root, 'var/lib/loadstair'), { recursive: true });
    expect(plan()).toEqual({ purge: [], remove: [], keep: [], upgraded: [], users: [] });
  });
});

describe('an uninstallation', () => {
  /** In place of dpkg: writes down how it was called, and what is installed afterwards. */
  function dpkg(after: readonly MadeUpPackage[], status = 0): NodeJS.ProcessEnv {
    const scratch = debianRoot(after);
    writeFileSync(join(root, 'after'), readFileSync(join(scratch, 'var/lib/dpkg/status')));
    rmSync(scratch, { recursive: true });
    const program = join(root, 'dpkg');
    writeFileSync(program, `#!/bin/sh\necho "$@" >>"${root}/called"\ncp "${root}/after" "${root}/var/lib/dpkg/status"\nexit ${status}\n`);
    chmodSync(program, 0o755);
    return { PATH: root };
  }
  const begin = (environment: NodeJS.ProcessEnv): Promise<void> =>
    uninstall(plan(), { root, labFolder: join(root, 'lab'), environment, signal: new AbortController().signal });

  it('calls dpkg with these packages alone, and leaves no trace of the lab', async () => {
    mkdirSync(join(root, 'run/loadstair'), { recursive: true });
    await begin(dpkg(BEFORE));
    expect(readFileSync(join(root, 'called'), 'utf8')).toBe(`--purge ${ALL.join(' ')}\n`);
    expect(['var/lib/loadstair', 'run/loadstair'].map((path) => existsSync(join(root, path)))).toEqual([false, false]);
  });

  it('names what dpkg left, and keeps it in the journal', async () => {
    await expect(begin(dpkg([...BEFORE, { name: 'proxy' }], 1))).rejects.toMatchObject({
      code: 'E_NOT_UNINSTALLED',
      what: 'A package is still installed: proxy.',
      why: expect.stringContaining('dpkg exited with code 1'),
    });
    expect(readJournal(root).map(({ installed }) => installed.map(({ name }) => name))).toEqual([['proxy']]);
  });
});
