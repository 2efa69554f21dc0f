import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from './testing/eventually.ts';
import { lab, LAB_FOLDER, startLab, type Ended } from './testing/lab-command.ts';

const INSTANCE = 57;
const HERE = ['--instance', String(INSTANCE)];
const LEARNER = `no linux ${process.pid}`;
const START_MS = 60_000;

let folder: string;
let env: Readonly<Record<string, string>>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-no-linux-'));
  const preload = pathToFileURL(join(import.meta.dirname, 'testing', 'no-linux.mjs')).href;
  env = { NODE_OPTIONS: `--import=${preload}`, LOADSTAIR_ASKED_FOR: join(folder, 'asked') };
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(LAB_FOLDER, 'labs', LEARNER), { recursive: true, force: true });
});

/** What a command asked for that only Linux has. */
function askedFor(): string[] {
  const file = join(folder, 'asked');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

const without = (...args: string[]): Promise<Ended> => lab(args, { env });

describe('recorded runs ask for nothing that only Linux has', () => {
  it(
    'in the terminal',
    async () => {
      expect(await without('run', '2', '--recorded', '--quick', '--speed', '20')).toMatchObject({ status: 0 });
      expect(askedFor()).toEqual([]);
    },
    START_MS,
  );

  it(
    'in a lab, whose answers are kept',
    async () => {
      const look = ['--answer', 'hosts=1', '--answer', 'programs=2'];
      const taken = await without('workshop', '1', '--recorded', '--quick', '--learner', LEARNER, ...look);
      expect(taken).toMatchObject({ status: 0, stderr: expect.stringContaining('next   ./lab workshop 1') });
      expect(existsSync(join(LAB_FOLDER, 'labs', LEARNER, '1.json'))).toBe(true);
      expect(askedFor()).toEqual([]);
    },
    START_MS,
  );

  it(
    'in a browser',
    async () => {
      const running = startLab(['console', '--recorded', '--speed', '20', ...HERE], { env });
      try {
        const address = await eventually(
          'the console is served',
          START_MS,
          () => /^console {2}(\S+)#/m.exec(running.stdout())?.[1] ?? null,
        );
        const page = await fetch(address, { headers: { accept: 'text/html' } });
        expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="console">')]);
        const { runs } = (await (await fetch(new URL('/api/runs', address))).json()) as { runs: { id: string }[] };
        for (const path of ['', '/report', '/events', '/traces']) {
          const { status } = await fetch(new URL(`/api/runs/${runs[0]?.id}${path}`, address));
          expect([path, status]).toEqual([path, 200]);
        }
      } finally {
        running.child.kill('SIGINT');
        await running.ended;
      }
      expect(askedFor()).toEqual([]);
    },
    START_MS,
  );

  it('and what does ask is noted', async () => {
    await without('doctor');
    expect(askedFor().length).toBeGreaterThan(0);
  }, 60_000);
});
