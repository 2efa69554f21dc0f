import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { labdPid, leftoversOf, pidsInGroup, processesOf } from '@loadstair/verify';
import { eventually } from './testing/eventually.ts';
import { lab, LAB_FOLDER, labOk, startLab, statusOf } from './testing/lab-command.ts';

const INSTANCE = 21;
const AT = ['--instance', String(INSTANCE)];
const SINGLE = `127.${INSTANCE}.0.1`;
const START_MS = 90_000;

/** Runs that tests of this file began. */
const runs = new Set<string>();

afterEach(async () => {
  // Only when a test has failed in the middle is there anything to end.
  await lab(['down', ...AT]);
  for (const run of runs) rmSync(join(LAB_FOLDER, 'runs', run), { recursive: true, force: true });
  runs.clear();
}, START_MS);

/** Starts a run and waits for a line of its progress. */
async function runUntil(line: RegExp, ...args: string[]): Promise<ReturnType<typeof startLab>> {
  const command = startLab(['run', '1', ...args, ...AT, '--no-input']);
  let over = false;
  void command.ended.then(() => (over = true));
  await eventually(`a line like ${line}`, START_MS, () => {
    const run = /run=(\S+)/.exec(command.stderr())?.[1];
    if (run !== undefined) runs.add(run);
    if (over) throw new Error(`The run ended before it said ${line}: ${command.stderr()}`);
    return line.test(command.stderr()) ? true : null;
  });
  return command;
}

describe('nothing is left behind', () => {
  it(
    'after down',
    async () => {
      await labOk('up', '1', ...AT);
      expect(leftoversOf(INSTANCE).length).toBeGreaterThan(10);
      await labOk('down', ...AT);
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    START_MS,
  );

  it(
    'after a start that failed because a port is taken, and it says by whom',
    async () => {
      // Somebody else on the same port of another address is not to blame, although his pid is the first one found.
      const other = createServer();
      other.listen(5432, '127.0.0.3');
      const holder = spawn(process.execPath, ['-e', `net.createServer().listen(5432, '${SINGLE}', () => console.log('listens'))`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await Promise.all([once(other, 'listening'), once(holder.stdout, 'data')]);
      try {
        const { status, stdout, stderr } = await lab(['up', '1', ...AT]);
        expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
        expect(stderr).toContain(`Port 5432 on ${SINGLE} is taken.`);
        expect(stderr).toContain(`pid ${holder.pid} (node, `);
        expect(stderr).toContain('E_PORT_TAKEN');
        expect(stderr).toContain(`--instance ${INSTANCE + 1}`);
      } finally {
        other.close();
        holder.kill();
        await once(holder, 'exit');
      }
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    START_MS,
  );

  it(
    'after kill -9 of labd and the next start, which ends what was left',
    async () => {
      await labOk('up', '1', ...AT);
      const { pid } = await statusOf(INSTANCE);
      process.kill(pid as number, 'SIGKILL');
      await eventually('labd is gone', 5_000, () => (labdPid(INSTANCE) === null ? true : null));
      // Hosts go on without labd: there is something to clean up.
      const orphans = processesOf(INSTANCE);
      expect(orphans.length).toBeGreaterThan(2);

      await labOk('up', '1', ...AT);
      const status = await statusOf(INSTANCE);
      expect(status.hosts.map(({ state }) => state)).toEqual(['up']);
      expect((await fetch(`${status.url}/users/12`)).status).toBe(200);
      const now = processesOf(INSTANCE);
      expect(orphans.filter((orphan) => now.includes(orphan))).toEqual([]);
      await labOk('down', ...AT);
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    START_MS,
  );

  it(
    'after kill -9 of labd while k6 runs, and down',
    async () => {
      const command = await runUntil(/ hosts \d/);
      await eventually('k6 runs', 20_000, () => pidsInGroup(INSTANCE, 'lab/clients')[0] ?? null);
      process.kill(labdPid(INSTANCE) as number, 'SIGKILL');
      const { status, stderr } = await command.ended;
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('E_LABD_GONE') });
      expect(pidsInGroup(INSTANCE, 'hosts').length).toBeGreaterThan(1);
      expect((await lab(['down', ...AT])).stderr).toContain('its labd had crashed');
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    START_MS,
  );

  it(
    'after Ctrl-C while labd starts',
    async () => {
      const command = startLab(['run', '1', ...AT, '--no-input']);
      await eventually('labd is there', 20_000, () => labdPid(INSTANCE));
      command.child.kill('SIGINT');
      expect((await command.ended).status).toBe(130);
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    START_MS,
  );

  it(
    'after Ctrl-C in the middle of up',
    async () => {
      const command = startLab(['up', '1', ...AT, '--no-input']);
      await eventually('a host is starting', 30_000, () => (processesOf(INSTANCE).length > 1 ? true : null));
      command.child.kill('SIGINT');
      expect((await command.ended).status).toBe(130);
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    START_MS,
  );

  it(
    'after SIGTERM before anything was measured: the run is gone too',
    async () => {
      const command = await runUntil(/ hosts \d/);
      command.child.kill('SIGTERM');
      const { status, stdout } = await command.ended;
      expect({ status, stdout }).toEqual({ status: 143, stdout: '' });
      expect(leftoversOf(INSTANCE)).toEqual([]);
      expect(runs.size).toBe(1);
      for (const run of runs) expect((await lab(['show', run])).status).toBe(2);
    },
    START_MS,
  );

  it(
    'after a second Ctrl-C, by which the command ends at once, and down',
    async () => {
      const command = await runUntil(/ hosts \d/);
      command.child.kill('SIGINT');
      await eventually('it says that it stops', 5_000, () => (command.stderr().includes('Press Ctrl-C again') ? true : null));
      command.child.kill('SIGINT');
      const { status, stderr } = await command.ended;
      // A shell shows a command that a signal ended as 128 and its number: 130.
      expect({ status, signal: command.child.signalCode }).toEqual({ status: null, signal: 'SIGINT' });
      expect(stderr).toContain('The next start of the lab cleans up');
      await lab(['down', ...AT]);
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    START_MS,
  );

  it(
    'after Ctrl-C in the middle of the load, and the steps measured so far are kept, refused',
    async () => {
      const command = await runUntil(/ step 1\/\d+ /, '--quick', '--json');
      command.child.kill('SIGINT');
      const { status, stdout } = await command.ended;
      expect(status).toBe(130);
      const { run, verdict } = JSON.parse(stdout) as { run: string; verdict: { kind: string; codes: string[] } };
      expect(verdict.kind).toBe('refused');
      expect(verdict.codes[0]).toBe('INTERRUPTED');
      expect(leftoversOf(INSTANCE)).toEqual([]);
      const shown = await lab(['show', run]);
      expect({ status: shown.status, stderr: shown.stderr }).toEqual({ status: 0, stderr: '' });
      expect(shown.stdout).toContain('INTERRUPTED');
    },
    START_MS,
  );
});

describe('down, where no labd is left to ask', () => {
  const folder = `/run/loadstair/${INSTANCE}`;
  const make = (path: string): void => void mkdirSync(path, { recursive: true, mode: 0o711 });

  it(
    'says what it could not end, and ends it the next time',
    async () => {
      make(`${folder}/web-1`);
      execFileSync('mount', ['-t', 'tmpfs', 'none', `${folder}/web-1`]);
      try {
        const { status, stderr } = await lab(['down', ...AT]);
        expect(status).toBe(1);
        expect(stderr).toContain('E_NOT_CLEAN');
        expect(stderr).toContain(`mount ${folder}/web-1`);
        expect(stderr).toContain(`./lab down --instance ${INSTANCE} tries again`);
        // Nor is anything started on top of it.
        const up = await lab(['up', '1', '--no-input', ...AT]);
        expect([up.status, up.stderr]).toEqual([1, expect.stringContaining('E_UNSAFE_FOLDER')]);
      } finally {
        execFileSync('umount', [`${folder}/web-1`]);
      }
      expect(await lab(['down', ...AT])).toMatchObject({ status: 0 });
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    START_MS,
  );

  it(
    'leaves the instance of another checkout alone, and says where to end it',
    async () => {
      make(folder);
      writeFileSync(`${folder}/owner`, '/srv/teacher/.lab');
      try {
        const { status, stderr } = await lab(['down', ...AT]);
        expect(status).toBe(2);
        expect(stderr).toContain('E_OTHER_CHECKOUT');
        expect(stderr).toContain(`(cd /srv/teacher && ./lab down --instance ${INSTANCE})`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    START_MS,
  );
});
