import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runLogged, type RunOptions } from './run-logged.ts';

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-logged-'));
  log = join(folder, 'log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (change: Partial<RunOptions> = {}): RunOptions => ({
  log,
  environment: { PATH: '/usr/bin:/bin' },
  signal: new AbortController().signal,
  stopWith: 'SIGINT',
  ...change,
});
const sh = (script: string): string[] => ['sh', '-c', script];

describe('a logged program', () => {
  it('gives its own last words as the reason, not those of an earlier one', async () => {
    writeFileSync(log, 'E: earlier\n');
    expect(await runLogged(sh('exit 3'), options())).toEqual({ ok: false, why: 'sh exited with code 3' });
    expect(await runLogged(sh('echo a; echo b; echo E: c; exit 100'), options())).toEqual({
      ok: false,
      why: 'sh exited with code 100: b | E: c',
    });
    expect(await runLogged(['no-such-program'], options())).toMatchObject({
      ok: false,
      why: expect.stringContaining('could not be started'),
    });
  });

  it.each(['E: Write error - write (28: No space left on device)', "E: You don't have enough free space in /var/cache/apt/archives/."])(
    'names a full disk: %s',
    async (words) => {
      const ended = await runLogged(sh(`echo "${words}"; exit 100`), options());
      expect(ended).toEqual({ ok: false, why: `the disk is full: ${words}` });
    },
  );

  it('is asked to end, and its end is waited for: what apt has begun, dpkg finishes', async () => {
    const stopping = new AbortController();
    // As apt does: SIGINT is noted, and the child goes on to its end.
    const script = `trap 'echo noted' INT; (trap - INT; echo begun >'${folder}/begun'; sleep 0.5; echo finished); echo after`;
    const running = runLogged(sh(script), options({ signal: stopping.signal }));
    const until = setInterval(() => {
      if (exists(join(folder, 'begun'))) stopping.abort();
    }, 20);
    await expect(running).rejects.toThrow(/abort/i);
    clearInterval(until);
    expect(readFileSync(log, 'utf8')).toBe('finished\nnoted\nafter\n');
  });
});

function exists(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
