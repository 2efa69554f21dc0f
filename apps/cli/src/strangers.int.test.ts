import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { labdPort, PORTS } from '@loadstair/topology';
import { leftoversOf, pidsInGroup } from '@loadstair/verify';
import { lab, LAB_FOLDER, labOk, statusOf } from './testing/lab-command.ts';
import type { Found, Question } from './testing/stranger.ts';

const INSTANCE = 37;
const AT = ['--instance', String(INSTANCE)];
const START_MS = 120_000;
/** An id that nobody has; and one from the lab's ranges would be no stranger. */
const STRANGER = 54_321;
const LAB_ADDRESS = `127.${INSTANCE}.254.1`;

afterEach(async () => {
  await lab(['down', ...AT]);
}, START_MS);

/** All that an ordinary user gets at of a running lab. */
function lookAs(user: number, question: Question): Found {
  const { stdout, stderr, status } = spawnSync(
    'setpriv',
    [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', process.execPath, join(import.meta.dirname, 'testing/stranger.ts')],
    { input: JSON.stringify(question), encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`The stranger ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Found;
}

/** Every TCP port of the instance that somebody listens on now. */
function listening(): string[] {
  return leftoversOf(INSTANCE).flatMap((line) => /^listens on (.*)$/.exec(line)?.[1] ?? []);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Passwords and keys of the running instance, from where only root finds them. */
function secrets(): string[] {
  const files = filesBelow(join(LAB_FOLDER, 'instances', String(INSTANCE)))
    .filter((file) => /(pgpass|purge-token|members\.json|plan\.json|labd\.json)$/.test(file))
    .map((file) => readFileSync(file, 'utf8'));
  const environments = pidsInGroup(INSTANCE, 'hosts').map((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'));
  return [...new Set([...files, ...environments].flatMap((text) => text.match(/(?<![\w-])[\w-]{32}(?![\w-])/g) ?? []))];
}

/** No program that serves, loads or measures has rights, and each has a user id that nobody else has. */
function expectNoRights(): void {
  const pids = ['hosts', 'lab/prometheus', 'lab/proxies', 'lab/clients'].flatMap((group) => pidsInGroup(INSTANCE, group));
  expect(pids.length).toBeGreaterThan(2);
  for (const pid of pids) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): string | undefined => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
    const named = field('Name');
    expect(`${named} ${field('CapBnd')} ${field('CapEff')} ${field('NoNewPrivs')}`).toBe(`${named} ${NO_RIGHTS} ${NO_RIGHTS} 1`);
    expect(Number(field('Uid'))).toBeGreaterThan(10_000);
  }
}
const NO_RIGHTS = '0'.repeat(16);

/** Whoever has no key may read what the console shows, and change nothing; a page of another site may not even read. */
async function expectReadOnly(): Promise<void> {
  const api = `http://127.0.0.1:${labdPort(INSTANCE)}/api`;
  expect((await fetch(`${api}/status`)).status).toBe(200);
  expect((await fetch(`${api}/site`, { method: 'DELETE' })).status).toBe(401);
  expect((await fetch(`${api}/status`, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
}

const OF_STAGES = [
  { stage: 1, set: [], door: /^server/ },
  { stage: 3, set: ['--set', 'db.distance=5'], door: /^lb/ },
  { stage: 5, set: [], door: /^lb/ },
  { stage: 6, set: [], door: /^(lb|edge)/ },
] as const;

describe('an ordinary user beside a running lab', () => {
  it.each(OF_STAGES)(
    'reaches the public door of stage $stage, and nothing else; reads no secret',
    async ({ stage, set, door }) => {
      await labOk('up', String(stage), ...set, ...AT);
      const { hosts } = await statusOf(INSTANCE);
      const doors = hosts.flatMap(({ name, publicAddress }) =>
        door.test(name) && publicAddress !== null ? [`${publicAddress}:${PORTS.http}`] : [],
      );
      const sockets = filesBelow(`/run/loadstair/${INSTANCE}`).filter((file) => statSync(file).isSocket());
      const ports = listening();
      const known = secrets();
      expect(ports.length).toBeGreaterThan(4);
      expect(sockets.length).toBeGreaterThan(0);
      expect(known.length).toBeGreaterThan(1);
      const question: Question = {
        ports,
        names: `${LAB_ADDRESS}:${PORTS.dns}`,
        sockets,
        folders: [LAB_FOLDER, '/run/loadstair', '/tmp'],
        secrets: known,
      };
      const found = lookAs(STRANGER, question);
      // Doors that stand for a way to another place are reached at the addresses that clients get there.
      const reached = found.open.filter((place) => !/^127\.\d+\.1\d\.\d+:8080$/.test(place));
      expect(reached.toSorted()).toEqual(doors.toSorted());
      expect(found.told).toEqual([]);
      expect(found.filesRead).toBeGreaterThan(50);
      // Root, who asks the same, gets in: it is not that nothing answers.
      const asRoot = lookAs(0, question);
      expect(asRoot.open.length).toBeGreaterThan(doors.length + sockets.length);
      expect(asRoot.told.length).toBeGreaterThan(1);
      expectNoRights();
      await expectReadOnly();
    },
    START_MS,
  );
});
