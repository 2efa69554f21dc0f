import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { eventually } from './testing/eventually.ts';

/** A checkout with the real entry, and with programs in place of Node and npm that write down how they were called. */
let folder: string;
let checkout: string;
const begun: ChildProcess[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'loadstair-entry-')));
  checkout = checkoutAt('lab');
});
afterEach(() => {
  for (const child of begun.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function checkoutAt(name: string, npm = 'mkdir -p node_modules/@loadstair'): string {
  const path = join(folder, name);
  mkdirSync(join(path, 'bin'), { recursive: true });
  copyFileSync(join(REPO_FOLDER, 'lab'), join(path, 'lab'));
  writeFileSync(join(path, 'package-lock.json'), '{}');
  program(path, 'npm', `echo "$$" >>"${folder}/npm-pids"; ${npm}`);
  program(path, 'node', 'case $1 in --version) echo v24.1.0 ;; *) umask; for a; do echo "[$a]"; done ;; esac');
  return path;
}

function program(path: string, name: string, script: string): void {
  writeFileSync(join(path, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const environment = (path: string): NodeJS.ProcessEnv => ({ PATH: `${path}/bin:/usr/bin:/bin` });
function lab(
  path: string,
  args: readonly string[],
  cwd = folder,
  entry = join(path, 'lab'),
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync('/bin/sh', [entry, ...args], {
    env: environment(path),
    cwd,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, out: stdout, err: stderr };
}
function begin(path: string): ChildProcess & { said: () => string } {
  const child = spawn('/bin/sh', [join(path, 'lab')], { env: environment(path), stdio: ['ignore', 'ignore', 'pipe'] });
  begun.push(child);
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (text += part));
  return Object.assign(child, { said: () => text });
}
const npmPids = (): number[] =>
  existsSync(join(folder, 'npm-pids')) ? readFileSync(join(folder, 'npm-pids'), 'utf8').trim().split('\n').map(Number) : [];
const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => (child.exitCode === null ? child.once('close', (code) => resolve(code)) : resolve(child.exitCode)));

describe('./lab', () => {
  it.each(['my lab', "anna's lab", 'lab[1]', 'läb', 'lab#1%20', '-lab', '"lab"', 'lab $HOME'])('works in a folder named %s', (name) => {
    const path = checkoutAt(name);
    expect(lab(path, ['run', 'a b', "it's"])).toMatchObject({
      status: 0,
      out: expect.stringContaining(`[${path}/apps/cli/src/main.ts]\n[run]\n[a b]\n[it's]\n`),
    });
  });

  it('works through a link, from any folder, and under any umask', () => {
    symlinkSync('lab/lab', join(folder, 'a link'));
    const script = `umask 077; cd /; exec /bin/sh '${join(folder, 'a link')}' runs`;
    const { stdout } = spawnSync('/bin/sh', ['-c', script], { env: environment(checkout), encoding: 'utf8' });
    expect(stdout).toMatch(/^0022\n/);
    expect(stdout).toContain(`[${checkout}/apps/cli/src/main.ts]\n[runs]`);
  });

  it('installs once, and again when the lock file of npm has changed', () => {
    lab(checkout, []);
    lab(checkout, []);
    expect(npmPids()).toHaveLength(1);
    writeFileSync(join(checkout, 'package-lock.json'), '{"changed":true}');
    lab(checkout, []);
    expect(npmPids()).toHaveLength(2);
  });

  it('installs nothing while a shell completes a line', () => {
    expect(lab(checkout, ['complete', './lab r'])).toMatchObject({ status: 0, out: '', err: '' });
    expect(npmPids()).toEqual([]);
    lab(checkout, ['runs']);
    expect(lab(checkout, ['complete', './lab r']).out).toContain('[complete]\n[./lab r]\n');
  });

  it('is not held up by what an earlier command left: a lock without a holder, or the folder of an earlier version', () => {
    mkdirSync(join(checkout, '.lab/npm-ci.lock'), { recursive: true });
    writeFileSync(join(checkout, '.lab/npm-ci.lock/pid'), `${process.pid}`);
    expect(lab(checkout, []).status).toBe(0);
    rmSync(join(checkout, '.lab/npm-ci.stamp'));
    writeFileSync(join(checkout, '.lab/npm-ci.lock'), '1\n');
    expect(lab(checkout, []).status).toBe(0);
  });

  it('waits for a command that installs, and says which', async () => {
    const slow = checkoutAt('slow', `until [ -e "${folder}/go" ]; do sleep 0.05; done; mkdir -p node_modules/@loadstair`);
    const first = begin(slow);
    await eventually('npm has begun', 10_000, () => (npmPids().length === 1 ? true : null));
    const second = begin(slow);
    await eventually('the second waits', 10_000, () => (second.said().includes('which installs') ? true : null));
    expect(second.said()).toContain(`waiting for pid ${npmPids()[0]}, which installs`);
    writeFileSync(join(folder, 'go'), '');
    expect([await ended(first), await ended(second)]).toEqual([0, 0]);
    expect(npmPids()).toHaveLength(1);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends npm with itself on %s', async (signal, status) => {
    const slow = checkoutAt('slow', 'sleep 600');
    const child = begin(slow);
    await eventually('npm has begun', 10_000, () => (npmPids().length === 1 ? true : null));
    child.kill(signal);
    expect(await ended(child)).toBe(status);
    expect(npmPids().filter(isAlive)).toEqual([]);
  });

  it('ends a wait for the lock at once', async () => {
    const slow = checkoutAt('slow', 'sleep 600');
    const first = begin(slow);
    await eventually('npm has begun', 10_000, () => (npmPids().length === 1 ? true : null));
    const second = begin(slow);
    await eventually('the second waits', 10_000, () => (second.said().includes('waiting for pid') ? true : null));
    second.kill('SIGTERM');
    expect(await ended(second)).toBe(143);
    first.kill('SIGTERM');
    await ended(first);
  });

  it('says when the disk is full, and when sudo has left out the PATH of npm', () => {
    const full = checkoutAt('full', 'echo "npm error code ENOSPC"; exit 228');
    expect(lab(full, [])).toMatchObject({ status: 6, err: expect.stringContaining('why   the disk is full') });
    rmSync(join(checkout, 'bin/npm'));
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    for (const name of ['sh', 'cksum', 'cat', 'dirname', 'readlink']) symlinkSync(`/usr/bin/${name}`, join(programs, name));
    const { status, stderr } = spawnSync('/bin/sh', [join(checkout, 'lab')], {
      env: { PATH: programs, SUDO_USER: 'anna' },
      encoding: 'utf8',
    });
    expect(status).toBe(6);
    expect(stderr).toMatch(/npm was not found\.\n.*\n {2}do {4}keep your PATH: sudo env "PATH=\$PATH" \.\/lab/);
  });
});

describe('./lab doctor', () => {
  it.each([
    ['nothing but PATH', {}],
    ['another time zone, and a locale without UTF-8', { TZ: 'Asia/Tokyo', LC_ALL: 'C' }],
    ['no PATH of the user', { PATH: '/usr/bin:/bin', SUDO_USER: 'nobody-of-this-name' }],
  ])(
    'works with %s, on 80 columns',
    (_, environment) => {
      const { status, stdout, stderr } = spawnSync(join(REPO_FOLDER, 'lab'), ['doctor'], {
        cwd: '/',
        env: { PATH: `${dirname(process.execPath)}:/usr/sbin:/usr/bin:/sbin:/bin`, ...environment },
        encoding: 'utf8',
      });
      expect([0, 6]).toContain(status);
      expect(stderr).toBe('');
      expect(stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
      expect(stdout).toMatch(/^Ready (for no stage|without network: stages? )/m);
    },
    30_000,
  );
});
