import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { groupFolder, leftoversOf, pidsInGroup } from '@loadstair/verify';
import { eventually } from './testing/eventually.ts';
import { lab, LAB_FOLDER, labOk, REFUSED, startLab } from './testing/lab-command.ts';

const INSTANCE = 21;
const AT = ['--instance', String(INSTANCE)];
const TIMEOUT_MS = 200_000;
const runs: string[] = [];
/** Runs of more than a minute stand behind this switch; `./lab test --all` sets it. */
const long = process.env['LOADSTAIR_TEST_ALL'] === '1' ? describe : describe.skip;

interface Refused {
  readonly status: number | null;
  readonly kind: string;
  readonly codes: readonly string[];
  /** What the run said of the first code: measured, allowed, what to do. */
  readonly checks: readonly { readonly code: string; readonly outcome: string; readonly measured: string; readonly advice: string }[];
}

/** One real run; `during` is called when its first step of load has begun. */
async function run(args: readonly string[], during: () => unknown = () => {}): Promise<Refused> {
  const command = startLab(['run', ...args, '--json', '--events', ...AT]);
  let over = false;
  void command.ended.then(() => (over = true));
  await eventually('a step of load', TIMEOUT_MS, () => {
    if (over) throw new Error(`The run ended before load: ${command.stderr()}`);
    return /"type":"step-started".*"kind":"load"/.test(command.stdout()) ? true : null;
  });
  await during();
  const { status, stdout, stderr } = await command.ended;
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{"schema":1')) throw new Error(`The run gave no verdict: ${stderr}`);
  const { run: id, verdict } = JSON.parse(line) as { run: string; verdict: Omit<Refused, 'status'> };
  runs.push(id);
  return { status, kind: verdict.kind, codes: verdict.codes, checks: verdict.checks };
}

/** Somebody else sets a limit of a group. */
function limit(group: string, cores: number): void {
  const [periodUs, quotaUs] = [100_000, cores * 100_000];
  const folder = groupFolder(INSTANCE, group);
  const write = (file: string, value: string): void => writeFileSync(join(folder, file), value);
  if (!folder.startsWith('/sys/fs/cgroup/cpu/')) return write('cpu.max', `${quotaUs} ${periodUs}`);
  // The kernel refuses a burst above the quota.
  write('cpu.cfs_burst_us', '0');
  write('cpu.cfs_quota_us', String(quotaUs));
}

function expectRefused(refused: Refused, code: string): void {
  expect({ ...refused, checks: refused.checks?.filter(({ outcome }) => outcome === 'refuse') }).toMatchObject({
    status: REFUSED,
    kind: 'refused',
  });
  // The code that explains the others comes first.
  expect(refused.codes[0]).toBe(code);
  const check = refused.checks.find((one) => one.code === code);
  expect(check?.measured).toMatch(/\d|:/);
  expect(check?.advice).not.toBe('');
}

afterAll(async () => {
  await lab(['down', ...AT]);
  for (const id of runs) rmSync(join(LAB_FOLDER, 'runs', id), { recursive: true, force: true });
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, TIMEOUT_MS);

describe('a run on a site that is up', () => {
  beforeAll(() => labOk('up', '1', ...AT), TIMEOUT_MS);
  afterAll(() => labOk('down', ...AT), TIMEOUT_MS);

  it(
    'with too few samples is refused: SHORT',
    async () => {
      const refused = await run(['1', '--profile', 'smoke', '--quick', '--scale', '0.1']);
      expectRefused(refused, 'SHORT');
      expect(refused.codes).toEqual(['SHORT']);
    },
    TIMEOUT_MS,
  );
});

long('a run that something disturbs', () => {
  const loops: ChildProcess[] = [];
  afterEach(() => {
    for (const loop of loops.splice(0)) loop.kill('SIGKILL');
  });

  it(
    'is refused when Prometheus stops in the middle: GAPS',
    async () => {
      const refused = await run(['1', '--profile', 'smoke', '--quick'], () => {
        const [pid] = pidsInGroup(INSTANCE, 'lab/prometheus');
        process.kill(pid as number, 'SIGTERM');
      });
      expectRefused(refused, 'GAPS');
    },
    TIMEOUT_MS,
  );

  it(
    'is refused when a host is restarted in the middle: GAPS',
    async () => {
      const refused = await run(['3', '--profile', 'smoke', '--quick'], () => labOk('replace', 'web-1', ...AT));
      expectRefused(refused, 'GAPS');
    },
    TIMEOUT_MS,
  );

  it(
    'is refused when somebody gives a host less CPU than planned: GAPS, by name',
    async () => {
      const refused = await run(['1', '--profile', 'smoke', '--quick'], () => limit('hosts/server-1', 0.06));
      expectRefused(refused, 'GAPS');
      expect(refused.checks.find(({ code }) => code === 'GAPS')?.measured).toMatch(/^server-1 has 0\.06 cores, planned 0\.1 cores/);
    },
    TIMEOUT_MS,
  );

  it(
    'is refused when k6 gets 5 % of a core: GEN_SCHED',
    async () => {
      const refused = await run(['1', '--profile', 'smoke', '--quick'], () => limit('lab/clients', 0.05));
      expectRefused(refused, 'GEN_SCHED');
    },
    TIMEOUT_MS,
  );

  it(
    'is refused when other programs keep the cores busy: PHYS_CPU',
    async () => {
      const refused = await run(['1', '--profile', 'smoke', '--quick'], () => {
        for (let core = 0; core < availableParallelism(); core += 1) {
          loops.push(spawn('/bin/sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' }));
        }
      });
      expectRefused(refused, 'PHYS_CPU');
    },
    TIMEOUT_MS,
  );
});
