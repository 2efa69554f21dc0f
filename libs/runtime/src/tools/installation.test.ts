import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockHolder, untilUnlocked } from './apt-locks.ts';
import { bootLinks } from './boot-links.ts';
import { installPackages } from './packages.ts';
import { INSTALLATION_VARIABLE, mendInstallation, unfinishedInstallation, withoutServices } from './installation.ts';

const USERS = '#!/bin/sh\nexit 0\n';
const POLICY = 'usr/sbin/policy-rc.d';
const NOTE = 'var/lib/loadstair/installation.json';
const never = new AbortController().signal;
let root: string;
let ran: string[];
const children: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loadstair-install-'));
  ran = [];
  for (const folder of [
    'usr/sbin',
    'usr/bin',
    'etc/rc2.d',
    'etc/systemd/system/multi-user.target.wants',
    'var/lib/dpkg/updates',
    'var/lib/loadstair',
  ])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, POLICY), USERS);
  enable('ssh');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

function enable(name: string): void {
  symlinkSync(`/lib/systemd/system/${name}.service`, join(root, `etc/systemd/system/multi-user.target.wants/${name}.service`));
  symlinkSync(`../init.d/${name}`, join(root, `etc/rc2.d/S01${name}`));
}
const run = async (command: readonly string[]): Promise<boolean> => {
  ran.push(command.join(' '));
  return true;
};
const nothing = async (): Promise<void> => {};
const read = (path: string): string | null => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null);
const SSH = ['etc/rc2.d/S01ssh', 'etc/systemd/system/multi-user.target.wants/ssh.service'];

describe('withoutServices', () => {
  it('disables exactly what is new at boot, and says what', async () => {
    const disabled = await withoutServices(root, run, nothing, async () => {
      expect(read(POLICY)).toContain('exit 101');
      enable('varnish');
    });
    expect(disabled).toEqual(['varnish']);
    expect(bootLinks(root)).toEqual(SSH);
    expect([read(POLICY), read(NOTE)]).toEqual([USERS, null]);
  });

  it('asks the tools of the machine that are there, so that an upgrade keeps the choice', async () => {
    for (const tool of ['usr/bin/systemctl', 'usr/sbin/update-rc.d']) writeFileSync(join(root, tool), '');
    await withoutServices(root, run, nothing, async () => enable('redis-server'));
    expect(ran).toEqual(['systemctl disable redis-server.service', 'update-rc.d redis-server disable']);
    ran = [];
    rmSync(join(root, 'usr/bin/systemctl'));
    writeFileSync(join(root, 'usr/bin/deb-systemd-helper'), '');
    await withoutServices(root, run, nothing, async () => enable('redis-server'));
    expect(ran[0]).toBe('deb-systemd-helper disable redis-server.service');
  });

  it('puts the machine back when apt fails', async () => {
    const failing = withoutServices(root, run, nothing, async () => {
      enable('varnish');
      throw new Error('apt-get ended with code 100');
    });
    await expect(failing).rejects.toThrow('code 100');
    expect([bootLinks(root), read(POLICY), read(NOTE)]).toEqual([SSH, USERS, null]);
  });

  it('waits for an installation of another lab', async () => {
    writeFileSync(join(root, NOTE), JSON.stringify({ pid: 1, started: 'earlier', boot: [] }));
    let mended = 0;
    const mend = async (): Promise<void> => {
      mended += 1;
      rmSync(join(root, NOTE));
    };
    await withoutServices(root, run, mend, nothing);
    expect(mended).toBe(1);
  });
});

describe('mendInstallation', () => {
  /** As kill -9 leaves it: the note, our policy file, and what apt enabled. */
  async function interrupted(): Promise<void> {
    await withoutServices(root, run, nothing, async () => {
      const note = JSON.parse(read(NOTE) ?? '') as object;
      mkdirSync(join(root, 'kept'));
      writeFileSync(join(root, 'kept/note'), JSON.stringify({ ...note, pid: 4_194_304 }));
      for (const name of ['policy-rc.d', 'policy-rc.d.loadstair-aside'])
        copyFileSync(join(root, 'usr/sbin', name), join(root, 'kept', name));
    });
    for (const name of ['policy-rc.d', 'policy-rc.d.loadstair-aside']) copyFileSync(join(root, 'kept', name), join(root, 'usr/sbin', name));
    copyFileSync(join(root, 'kept/note'), join(root, NOTE));
    enable('varnish');
  }

  it('does nothing on a machine where nothing was interrupted', async () => {
    expect(await mendInstallation(root, run, never, () => {})).toBeNull();
    expect([bootLinks(root), read(POLICY), ran]).toEqual([SSH, USERS, []]);
  });

  it('ends what a kill left: policy, boot, and what dpkg had unpacked', async () => {
    await interrupted();
    writeFileSync(join(root, 'var/lib/dpkg/updates/0001'), '');
    expect(unfinishedInstallation(root)).toEqual({ state: 'interrupted' });
    expect(await mendInstallation(root, run, never, () => {})).toEqual({ policy: true, disabled: ['varnish'] });
    expect(ran).toEqual(['dpkg --configure -a']);
    expect([bootLinks(root), read(POLICY), read(NOTE)]).toEqual([SSH, USERS, null]);
  });

  it('waits for the apt that outlived its command, and for no service that a package started', async () => {
    await interrupted();
    const { started } = JSON.parse(read(NOTE) ?? '') as { started: string };
    const env = { [INSTALLATION_VARIABLE]: `4194304-${started}` };
    copyFileSync('/bin/sleep', join(root, 'apt-get'));
    const service = spawn('/bin/sleep', ['60'], { env });
    const apt = spawn(join(root, 'apt-get'), ['60'], { env });
    children.push(service, apt);
    await new Promise((resolve) => apt.once('spawn', resolve));
    const waitedFor: (readonly number[])[] = [];
    await mendInstallation(root, run, never, (pids) => {
      waitedFor.push(pids);
      expect(read(POLICY)).toContain('exit 101');
      apt.kill();
    });
    expect(waitedFor).toEqual([[apt.pid]]);
    expect(read(POLICY)).toBe(USERS);
  });
});

describe('locks of apt', () => {
  it('are waited for, with the name of who holds one', async () => {
    const file = join(root, 'lock');
    const holder = spawn('flock', [file, 'sh', '-c', 'echo held; read line'], { stdio: ['pipe', 'pipe', 'ignore'] });
    children.push(holder);
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(lockHolder([file])).toEqual({ pid: holder.pid, program: 'flock' });
    const told: string[] = [];
    expect(
      await untilUnlocked([join(root, 'none'), file], 10_000, never, ({ program }) => {
        told.push(program);
        holder.stdin.end('\n');
      }),
    ).toBeNull();
    expect(told).toEqual(['flock']);
  });

  it('are given up after a while, and at once when the command is ended', async () => {
    const file = join(root, 'lock');
    const holder = spawn('flock', [file, 'sh', '-c', 'echo held; read line'], { stdio: ['pipe', 'pipe', 'ignore'] });
    children.push(holder);
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(await untilUnlocked([file], 0, never, () => {})).toMatchObject({ pid: holder.pid });
    const stopping = new AbortController();
    await expect(untilUnlocked([file], 60_000, stopping.signal, () => stopping.abort())).rejects.toThrow(/abort/i);
    holder.stdin.end('\n');
  });
});

describe('installPackages', () => {
  it('says what to do when somebody’s dpkg was interrupted, and changes nothing', async () => {
    writeFileSync(join(root, 'var/lib/dpkg/updates/0003'), '');
    const installing = { labFolder: root, root, environment: {}, signal: never, onProgress: () => {} };
    const missing = [{ name: 'varnish', from: 'varnish', how: 'apt', note: '' }] as const;
    await expect(installPackages(missing, installing)).rejects.toMatchObject({
      what: 'varnish is missing.',
      why: 'an earlier installation of packages was interrupted, and apt installs nothing until it is finished',
      do: expect.stringMatching(/^(sudo )?dpkg --configure -a$/),
      code: 'E_TOOLS',
      exit: 6,
    });
    expect([read(POLICY), read(NOTE), existsSync(join(root, 'log/apt.log'))]).toEqual([USERS, null, false]);
  });
});
