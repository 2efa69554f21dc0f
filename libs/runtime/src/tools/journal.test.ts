import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { debianRoot, havePackages } from '../testing/debian-root.ts';
import { debianPackages } from './dpkg.ts';
import { mendInstallation, withoutServices } from './installation.ts';
import { readJournal, shortenJournal, whatIsThere, writeDown } from './journal.ts';

const never = new AbortController().signal;
const BEFORE = [{ name: 'libc6', version: '2.36' }, { name: 'ssh' }, { name: 'cache', status: 'deinstall ok config-files' }];
const AFTER = [
  { name: 'libc6', version: '2.37' },
  { name: 'ssh' },
  { name: 'cache', version: '7.0' },
  { name: 'database', version: '15', depends: 'libc6 (>= 2.3), tools | other-tools:any' },
  { name: 'tools' },
];
let root: string;
beforeEach(() => {
  root = debianRoot(BEFORE);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function install(): void {
  havePackages(root, AFTER);
  appendFileSync(join(root, 'etc/passwd'), 'database:x:110:110::/nonexistent:/bin/false\n');
}
const run = async (): Promise<boolean> => true;

describe('packages of dpkg', () => {
  it('have their state, and what they need of others', () => {
    install();
    havePackages(root, [...AFTER, { name: 'gone', status: 'purge ok not-installed' }]);
    const packages = debianPackages(root);
    expect([...packages.keys()]).toEqual(['libc6', 'ssh', 'cache', 'database', 'tools']);
    expect(packages.get('database')).toMatchObject({ version: '15', state: 'installed', needs: [['libc6'], ['tools', 'other-tools']] });
    expect(debianPackages(join(root, 'nowhere')).size).toBe(0);
  });
});

describe('the install journal', () => {
  it('has what an installation added, upgraded and left as users, and nothing that was there before', async () => {
    await withoutServices(
      root,
      run,
      async () => {},
      async () => install(),
    );
    expect(readJournal(root)).toEqual([
      {
        schema: 1,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        installed: [
          { name: 'cache', version: '7.0', settings: true },
          { name: 'database', version: '15', settings: false },
          { name: 'tools', version: '1.0', settings: false },
        ],
        upgraded: [{ name: 'libc6', from: '2.36', to: '2.37' }],
        users: ['database'],
      },
    ]);
  });

  it('has it too when apt fails, and when the command was killed and another one mends it', async () => {
    const failing = withoutServices(
      root,
      run,
      async () => {},
      async () => {
        install();
        throw new Error('apt-get exited with code 100');
      },
    );
    await expect(failing).rejects.toThrow('code 100');
    expect(readJournal(root)).toHaveLength(1);

    rmSync(join(root, 'var/lib/loadstair/journal.ndjson'));
    havePackages(root, BEFORE);
    const note = { pid: 4_194_304, started: 'earlier', boot: [], before: whatIsThere(root) };
    install();
    writeFileSync(join(root, 'var/lib/loadstair/installation.json'), JSON.stringify(note));
    await mendInstallation(root, run, never, () => {});
    expect(readJournal(root)[0]?.installed.map(({ name }) => name)).toEqual(['cache', 'database', 'tools']);
  });

  it('is not written when nothing has changed', () => {
    writeDown(root, whatIsThere(root));
    expect(existsSync(join(root, 'var/lib/loadstair/journal.ndjson'))).toBe(false);
  });

  it('is read past a line that a power cut tore, and keeps what is still installed', () => {
    const before = whatIsThere(root);
    install();
    writeDown(root, before);
    appendFileSync(join(root, 'var/lib/loadstair/journal.ndjson'), '{"schema":1,"insta');
    shortenJournal(root, new Set(['tools']));
    expect(readJournal(root).map(({ installed }) => installed.map(({ name }) => name))).toEqual([['tools']]);
    shortenJournal(root, new Set());
    expect(existsSync(join(root, 'var/lib/loadstair/journal.ndjson'))).toBe(false);
  });
});
