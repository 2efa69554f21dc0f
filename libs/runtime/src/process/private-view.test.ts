import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { confined } from './confine.ts';
import { closedFolder, installationOf, privateView } from './private-view.ts';

const USER = 1_879_048_700;
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'private-view-'));
  chmodSync(root, 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A file below a folder that others cannot enter; quotes, blanks and brackets in its path. */
function closedCheckout(): { home: string; checkout: string } {
  const home = join(root, "anna's home");
  const checkout = join(home, 'my lab [1] ü');
  mkdirSync(checkout, { recursive: true });
  writeFileSync(join(checkout, 'source.ts'), 'text');
  writeFileSync(join(home, 'secret'), 'secret');
  chmodSync(home, 0o700);
  return { home, checkout };
}

const asStranger = (view: readonly string[], ...words: string[]): string => {
  const [command, args] = confined({ user: USER, view }, words[0] as string, words.slice(1));
  return execFileSync(command, args, { encoding: 'utf8', cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
};

describe('a private view', () => {
  it('is needed only below a folder that others cannot enter', () => {
    expect(closedFolder('/usr/bin/env')).toBeNull();
    expect(privateView(['/usr/bin'], join(root, 'between'))).toEqual([]);
    const { home, checkout } = closedCheckout();
    expect(closedFolder(checkout)).toBe(home);
  });

  it('lets a program without rights reach the checkout, and nothing else of the closed folder', () => {
    const { home, checkout } = closedCheckout();
    expect(() => asStranger([], 'cat', join(checkout, 'source.ts'))).toThrow(/Permission denied/);
    const view = privateView([checkout], join(root, 'between'));
    expect(asStranger(view, 'cat', join(checkout, 'source.ts'))).toBe('text');
    expect(() => asStranger(view, 'cat', join(home, 'secret'))).toThrow(/No such file/);
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });

  it('has a folder inside a wanted one once', () => {
    const isOpen = (folder: string): boolean => folder !== '/root';
    const view = privateView(['/root/lab/node_modules/node/bin', '/root/lab', '/root/lab/.lab/bin'], '/b', isOpen);
    expect(view.filter((line) => line.startsWith('mount --bind'))).toEqual([`mount --bind '/root/lab' '/b/0'`]);
  });

  it('knows what belongs to a program', () => {
    expect(installationOf('/usr/lib/postgresql/15/bin/postgres')).toBe('/usr/lib/postgresql/15');
    expect(installationOf('/usr/sbin/haproxy')).toBe('/usr/sbin');
  });
});

it('a program without rights has no capability left, and no way back', () => {
  const status = asStranger([], 'cat', '/proc/self/status');
  for (const line of ['CapEff', 'CapPrm', 'CapBnd', 'CapInh', 'CapAmb']) expect(status).toMatch(new RegExp(`^${line}:\\s+0+$`, 'm'));
  expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  expect(status).toMatch(new RegExp(`^Uid:\\s+${USER}\\s+${USER}`, 'm'));
  expect(status).toMatch(/^Groups:\s*$/m);
});
