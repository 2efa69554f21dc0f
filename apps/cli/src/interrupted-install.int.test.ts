import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootLinks } from '@loadstair/runtime';
import { Chroot } from './testing/chroot.ts';

/** Makes a Debian of its own: two minutes, and the network. */
const whole = process.env['LOADSTAIR_TEST_ALL'] === '1' && process.getuid?.() === 0 ? describe : describe.skip;

const ROUNDS = 12;
/** The last is a power cut: apt and dpkg end with the command. */
const ENDS = ['SIGINT', 'SIGTERM', 'SIGKILL', 'everything'] as const;
const USERS_POLICY = '#!/bin/sh\n# of the user\nexit 101\n';
const INSTALL = [
  '/node/node',
  '--conditions=@loadstair/source',
  '--disable-warning=ExperimentalWarning',
  '/repo/apps/cli/src/testing/install-tools.ts',
  '/lab',
  '/usr/sbin:/usr/bin',
  'haproxy',
  'redis',
];

let folder: string;
let base: Chroot;
beforeAll(async () => {
  if (whole === describe.skip) return;
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'loadstair-chroot-')));
  base = Chroot.make(join(folder, 'base'));
  writeFileSync(join(base.folder, 'usr/sbin/policy-rc.d'), USERS_POLICY, { mode: 0o755 });
  // So that the moments of the kills are among those of dpkg, not of the network.
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', '--download-only', 'haproxy', 'redis-server']])
    expect(await endOf(base.begin(['apt-get', ...args]))).toMatchObject({ status: 0 });
}, 300_000);
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

interface End {
  readonly status: number | string | null;
  readonly said: string;
}

function endOf(child: ChildProcess): Promise<End> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ status: code ?? signal, said })));
}

/** What an installation must have left alone. */
const stateOf = (chroot: Chroot): unknown => ({
  policy: chroot.read('usr/sbin/policy-rc.d'),
  aside: chroot.read('usr/sbin/policy-rc.d.loadstair-aside'),
  note: chroot.read('var/lib/loadstair/installation.json'),
  boot: bootLinks(chroot.folder),
});

whole('an installation that is ended at any moment', () => {
  it('leaves the machine as it was, and the next command finishes it', async () => {
    const before = stateOf(base);
    const trial = base.copyTo(join(folder, 'trial'));
    const begun = performance.now();
    expect(await endOf(trial.begin(INSTALL))).toMatchObject({
      status: 0,
      said: expect.stringContaining('not started at boot: haproxy, redis-server'),
    });
    const takesMs = performance.now() - begun;
    expect(stateOf(trial)).toEqual(before);
    rmSync(trial.folder, { recursive: true });

    const rounds: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const chroot = base.copyTo(join(folder, `round-${round}`));
      const end = ENDS[round % ENDS.length] as (typeof ENDS)[number];
      const afterMs = ((round + Math.random()) / ROUNDS) * takesMs;
      const child = chroot.begin(INSTALL);
      const first = endOf(child);
      await delay(afterMs);
      if (end === 'everything') chroot.killAll();
      else child.kill(end);
      const { status } = await first;
      const moment = `${end} after ${Math.round(afterMs)} of ${Math.round(takesMs)} ms, status ${status}`;
      // Before a handler is there, and when it can have none, the signal ends it; later the command ends in good order.
      if (status === 130 || status === 143) expect({ moment, state: stateOf(chroot) }).toEqual({ moment, state: before });
      const left = chroot.pids().length;
      const again = await endOf(chroot.begin(INSTALL));
      rounds.push(`${moment}; ${left} programs went on; the next: ${again.status}`);
      expect({ moment, status: again.status, said: again.said, state: stateOf(chroot), programs: chroot.pids() }).toEqual({
        moment,
        status: 0,
        said: expect.any(String),
        state: before,
        programs: [],
      });
      for (const program of ['usr/sbin/haproxy', 'usr/bin/redis-server']) expect(existsSync(join(chroot.folder, program))).toBe(true);
      expect(chroot.read('var/lib/dpkg/status')).not.toMatch(/^Status: install ok (?!installed)/m);
      rmSync(chroot.folder, { recursive: true });
    }
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(folder);
    process.stderr.write(`${rounds.join('\n')}\n`);
  }, 600_000);
});
