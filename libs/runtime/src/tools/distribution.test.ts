import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { distributionOf } from './distribution.ts';
import { mendCommand } from './provide.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loadstair-distribution-'));
  mkdirSync(join(root, 'etc'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a distribution', () => {
  it.each([
    ['ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm', 'debian', 'bookworm'],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble', 'debian', 'noble'],
    ['ID=fedora\nVERSION_ID=43', 'fedora', ''],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'fedora', ''],
    ['ID=manjaro\nID_LIKE=arch', 'arch', ''],
    ['ID=alpine', 'other', ''],
  ])('%j', (text, family, codename) => {
    writeFileSync(join(root, 'etc/os-release'), text);
    expect(distributionOf(root)).toMatchObject({ family, codename });
  });

  it('is unknown where no file says it', () => {
    expect(distributionOf(root)).toEqual({ id: '', family: 'other', title: '', codename: '' });
  });

  it('has its own names of packages and its own command', () => {
    const commands = (['debian', 'fedora', 'arch'] as const).map((family) => mendCommand('prometheus', family).replace(/^sudo /, ''));
    expect(commands).toEqual([
      'apt-get install --no-install-recommends prometheus',
      'dnf install golang-github-prometheus',
      'pacman -S prometheus',
    ]);
  });
});
