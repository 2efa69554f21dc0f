import type { ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootLinks, type JournalEntry } from '@loadstair/runtime';
import { writeBundle } from '@loadstair/runtime/bundle';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import { labVersion } from '@loadstair/lab-api/version';
import { Chroot } from './testing/chroot.ts';

/** Makes a Debian of its own and a bundle: some minutes, and the network. */
const whole = process.env['LOADSTAIR_TEST_ALL'] === '1' && process.getuid?.() === 0 ? describe : describe.skip;

/** Both with a service, and one that needs many other packages. */
const TOOLS = ['haproxy', 'redis', 'postgres', 'k6'];
const NODE = ['/node/node', '--conditions=@loadstair/source', '--disable-warning=ExperimentalWarning'];
const PATH = '/usr/sbin:/usr/bin';

let folder: string;
let base: Chroot;
beforeAll(async () => {
  if (whole === describe.skip) return;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'loadstair-chroot-')));
  base = Chroot.make(join(folder, 'base'));
  await writeBundle(join(folder, 'lab.bundle'), {
    repoFolder: REPO_FOLDER,
    labFolder: LAB_FOLDER,
    version: labVersion(),
    tools: TOOLS,
    environment: process.env,
    onProgress: () => {},
  });
  copyFileSync(join(folder, 'lab.bundle'), join(base.folder, 'lab.bundle'));
}, 600_000);
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

function endOf(child: ChildProcess): Promise<{ readonly status: number | null; readonly said: string }> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, said })));
}

interface State {
  readonly packages: readonly string[];
  readonly [part: string]: unknown;
}

/** What must be after an uninstallation as it was before. */
async function stateOf(chroot: Chroot): Promise<State> {
  const list = async (...command: string[]): Promise<string[]> => (await endOf(chroot.begin(command))).said.trim().split('\n').sort();
  return {
    packages: await list('dpkg-query', '-W', '-f', '${Package} ${Version} ${db:Status-Abbrev}\n'),
    boot: bootLinks(chroot.folder),
    policy: chroot.read('usr/sbin/policy-rc.d'),
    // Debian’s adduser leaves its lock until the next boot.
    temporary: (await list('ls', '-A', '/tmp', '/run')).filter((name) => name !== 'adduser'),
    journal: existsSync(join(chroot.folder, 'var/lib/loadstair')),
  };
}

whole('a fresh Debian without a network', () => {
  it('installs from a bundle, and is as it was before after an uninstallation', async () => {
    const chroot = base.copyTo(join(folder, 'trial'));
    const before = await stateOf(chroot);
    const install = ['/repo/apps/cli/src/testing/install-from-bundle.ts', '/lab.bundle', '/lab', PATH, ...TOOLS];
    const installed = await endOf(chroot.begin([...NODE, ...install], { offline: true }));
    expect(installed).toMatchObject({ status: 0, said: expect.stringContaining('not started at boot: haproxy') });
    for (const program of ['usr/sbin/haproxy', 'usr/bin/redis-server', 'lab/bin/k6'])
      expect(existsSync(join(chroot.folder, program))).toBe(true);
    const journal = JSON.parse(chroot.read('var/lib/loadstair/journal.ndjson') ?? '') as JournalEntry;
    expect(journal.installed.map(({ name }) => name)).toContain('haproxy');

    const removed = await endOf(chroot.begin([...NODE, '/repo/apps/cli/src/testing/uninstall-tools.ts', '/lab'], { offline: true }));
    expect(removed).toEqual({ status: 0, said: '' });
    // What was there before and is newer in the bundle stays newer.
    const upgraded = (line: string): string => {
      const found = journal.upgraded.find(({ name, from }) => line.startsWith(`${name} ${from} `));
      return found === undefined ? line : line.replace(found.from, found.to);
    };
    expect(await stateOf(chroot)).toEqual({ ...before, packages: before.packages.map(upgraded) });
  }, 300_000);

  it('refuses packages that its distribution did not sign', async () => {
    const chroot = base.copyTo(join(folder, 'keyless'));
    // A machine that trusts other keys.
    for (const keys of ['etc/apt/trusted.gpg.d', 'usr/share/keyrings']) rmSync(join(chroot.folder, keys), { recursive: true });
    const install = ['/repo/apps/cli/src/testing/install-from-bundle.ts', '/lab.bundle', '/lab', PATH, 'haproxy'];
    const { status, said } = await endOf(chroot.begin([...NODE, ...install], { offline: true }));
    expect(status).not.toBe(0);
    expect(said).toMatch(/NO_PUBKEY|not signed/);
    expect(existsSync(join(chroot.folder, 'usr/sbin/haproxy'))).toBe(false);
  }, 120_000);
});
