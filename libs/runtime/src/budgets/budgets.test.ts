import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as real from './cgroups.ts';

/** Every write in order, as `file=text`; it is really made too, or refused as a kernel would. */
const writes: string[] = [];
let refuse: (file: string) => string | null = () => null;
jest.unstable_mockModule('./cgroups.ts', () => ({
  ...real,
  writeText(file: string, text: string | number) {
    const code = refuse(file);
    if (code !== null) throw Object.assign(new Error(code), { code });
    writes.push(`${file.slice(file.lastIndexOf('/') + 1)}=${text}`);
    real.writeText(file, text);
  },
}));
const { cgroupsV1 } = await import('./v1.ts');
const { cgroupsV2 } = await import('./v2.ts');
const { detectCgroups } = await import('./detect.ts');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loadstair-cgroups-'));
  writes.length = 0;
  refuse = () => null;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function files(contents: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

const PSI = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=1500000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=250000\n';

describe('cgroup v1', () => {
  beforeEach(() => {
    files({
      'cpu/h/cpu.cfs_quota_us': '',
      'cpu/h/cpu.cfs_period_us': '',
      'cpu/h/cpu.cfs_burst_us': '',
      'cpu/h/cpu.stat': 'nr_periods 40\nnr_throttled 10\nthrottled_time 2500000000\n',
      'cpu/h/site/cgroup.procs': '12\n13\n',
      'cpuacct/h/cpuacct.usage': '3500000000\n',
      'cpuacct/h/site/cgroup.procs': '13\n14\n',
      'memory/h/memory.usage_in_bytes': '1000000\n',
      'memory/h/memory.stat': 'inactive_file 1\ntotal_inactive_file 400000\n',
      'memory/h/memory.failcnt': '7\n',
      'memory/h/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n',
      'memory/h/site/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n',
      'blkio/h/blkio.throttle.io_service_bytes_recursive': '8:0 Read 100\n8:0 Write 20\n8:16 Read 5\n8:0 Total 120\nTotal 125\n',
      'unified/h/cpu.pressure': PSI,
    });
  });

  it('takes the burst away first and gives it last, so that no order is refused', () => {
    const cgroups = cgroupsV1(root);
    const set = ['cpu.cfs_burst_us=0', 'cpu.cfs_quota_us=-1', 'cpu.cfs_period_us=100000'];
    for (const [cores, us] of [
      [0.1, 10_000],
      [0.4, 40_000],
      [0.05, 5_000],
      // A tenth of a lab CPU, the smallest host: the least quota the kernel takes.
      [0.1 * 0.1, 1_000],
    ] as const) {
      writes.length = 0;
      cgroups.setCpu('h', cores);
      expect(writes).toEqual([...set, `cpu.cfs_quota_us=${us}`, `cpu.cfs_burst_us=${us}`]);
    }
    writes.length = 0;
    cgroups.setCpu('h', null);
    expect(writes).toEqual(['cpu.cfs_burst_us=0', 'cpu.cfs_quota_us=-1']);
  });

  it('does without burst and idle groups where the kernel has none', () => {
    rmSync(join(root, 'cpu/h/cpu.cfs_burst_us'));
    const cgroups = cgroupsV1(root);
    cgroups.setCpu('h', 0.1);
    expect(existsSync(join(root, 'cpu/h/cpu.cfs_burst_us'))).toBe(false);
    writes.length = 0;
    cgroups.setIdle('h');
    files({ 'cpu/h/cpu.idle': '0' });
    cgroups.setIdle('h');
    expect(writes).toEqual(['cpu.shares=2', 'cpu.idle=1']);
  });

  it('reads nanoseconds, both directions of every device, and pressure from the v2 tree', () => {
    expect(cgroupsV1(root).read('h')).toEqual({
      quotaCores: null,
      memoryLimitBytes: null,
      cpuSeconds: 3.5,
      periods: 40,
      throttledPeriods: 10,
      throttledSeconds: 2.5,
      memoryBytes: 600_000,
      memoryFailures: 7,
      ioReadBytes: 105,
      ioWriteBytes: 20,
      psiCpuSomeSeconds: 1.5,
      psiIoFullSeconds: null,
      psiMemoryFullSeconds: null,
    });
  });

  it('counts what the kernel ended for want of memory, in the groups below too', () => {
    expect(cgroupsV1(root).oomKills('h')).toBe(3);
  });

  it('knows the processes of a group and all below it once, and its children', () => {
    const cgroups = cgroupsV1(root);
    expect(cgroups.processes('h').toSorted((a, b) => a - b)).toEqual([12, 13, 14]);
    expect(cgroups.children('h')).toEqual(['site']);
    expect(cgroups.joinFiles('h')).toEqual(
      ['cpu', 'cpuacct', 'memory', 'blkio', 'unified'].map((name) => join(root, name, 'h/cgroup.procs')),
    );
  });
});

describe('limits as the kernel has them', () => {
  it.each([
    [
      'v1',
      cgroupsV1,
      { 'cpu/h/cpu.cfs_quota_us': '5000\n', 'cpu/h/cpu.cfs_period_us': '100000\n', 'memory/h/memory.limit_in_bytes': '67108864\n' },
    ],
    ['v2', cgroupsV2, { 'h/cpu.max': '5000 100000\n', 'h/memory.max': '67108864\n' }],
  ])('are read in %s', (_version, of, limits) => {
    files({ 'h/cpu.stat': '', 'cpu/h/cpu.stat': '', 'cpuacct/h/cpuacct.usage': '0', ...limits });
    expect(of(root).read('h')).toMatchObject({ quotaCores: 0.05, memoryLimitBytes: 64 * 2 ** 20 });
  });

  it.each([
    [
      'v1',
      cgroupsV1,
      {
        'cpu/h/cpu.cfs_quota_us': '-1\n',
        'cpu/h/cpu.cfs_period_us': '100000\n',
        'memory/h/memory.limit_in_bytes': '9223372036854771712\n',
      },
    ],
    ['v2', cgroupsV2, { 'h/cpu.max': 'max 100000\n', 'h/memory.max': 'max\n' }],
  ])('are none in %s where the kernel says so', (_version, of, limits) => {
    files({ 'h/cpu.stat': '', 'cpu/h/cpu.stat': '', 'cpuacct/h/cpuacct.usage': '0', ...limits });
    expect(of(root).read('h')).toMatchObject({ quotaCores: null, memoryLimitBytes: null });
  });
});

describe('cgroup v2', () => {
  beforeEach(() => {
    files({
      'cgroup.controllers': 'cpuset cpu io memory pids\n',
      'cgroup.subtree_control': 'memory pids\n',
      'h/cpu.max': 'max 100000\n',
      'h/cpu.max.burst': '0\n',
      'h/cpu.stat': 'usage_usec 3500000\nuser_usec 1\nnr_periods 40\nnr_throttled 10\nthrottled_usec 2500000\n',
      'h/memory.current': '1000000\n',
      'h/memory.stat': 'file 9\ninactive_file 400000\n',
      'h/memory.events': 'low 0\nhigh 3\nmax 7\noom 5\noom_kill 3\n',
      'h/io.stat': '8:0 rbytes=100 wbytes=20 rios=1 wios=2 dbytes=0 dios=0\n8:16 rbytes=5 wbytes=0\n',
      'h/memory.pressure': PSI,
      'h/cgroup.procs': '12\n',
    });
  });

  it('takes the burst away first and gives it last', () => {
    const cgroups = cgroupsV2(root);
    cgroups.setCpu('h', 0.4);
    cgroups.setCpu('h', 0.1 * 0.1);
    cgroups.setCpu('h', null);
    expect(writes).toEqual([
      ...['cpu.max.burst=0', 'cpu.max=40000 100000', 'cpu.max.burst=40000'],
      ...['cpu.max.burst=0', 'cpu.max=1000 100000', 'cpu.max.burst=1000'],
      ...['cpu.max.burst=0', 'cpu.max=max 100000'],
    ]);
    cgroups.setMemory('h', 64 * 2 ** 20);
    expect(readFileSync(join(root, 'h/memory.max'), 'utf8')).toBe('67108864');
  });

  it('hands down what a group has and does not give yet', () => {
    cgroupsV2(root).create('a/b');
    expect(existsSync(join(root, 'a/b'))).toBe(true);
    expect(writes).toEqual(['cgroup.subtree_control=+cpu', 'cgroup.subtree_control=+io']);
  });

  it('reads microseconds', () => {
    expect(cgroupsV2(root).read('h')).toEqual({
      quotaCores: null,
      memoryLimitBytes: null,
      cpuSeconds: 3.5,
      periods: 40,
      throttledPeriods: 10,
      throttledSeconds: 2.5,
      memoryBytes: 600_000,
      memoryFailures: 7,
      ioReadBytes: 105,
      ioWriteBytes: 20,
      psiCpuSomeSeconds: null,
      psiIoFullSeconds: null,
      psiMemoryFullSeconds: 0.25,
    });
  });

  it('counts what the kernel ended for want of memory', () => {
    expect(cgroupsV2(root).oomKills('h')).toBe(3);
  });

  it('says of a delegated group that holds processes how to mend it', async () => {
    files({ 'cgroup.procs': '1\n24\n' });
    refuse = (file) => (file.endsWith('subtree_control') ? 'EBUSY' : null);
    await expect(detectCgroups(root)).rejects.toMatchObject({
      exit: 6,
      why: expect.stringContaining('pids 1, 24'),
      do: expect.stringContaining('rest/cgroup.procs'),
    });
  });
});

describe('detectCgroups', () => {
  it('says what was refused and leaves no group behind', async () => {
    files({ 'cpu/cgroup.procs': '', 'memory/cgroup.procs': '' });
    refuse = () => 'EACCES';
    await expect(detectCgroups(root)).rejects.toMatchObject({ code: 'E_NO_BUDGETS', exit: 6, why: 'EACCES' });
    expect(existsSync(join(root, `cpu/loadstair-trial-${process.pid}`))).toBe(false);
  });

  it('does not take cpuset for cpu', async () => {
    files({ 'cgroup.controllers': 'cpuset memory\n' });
    await expect(detectCgroups(root)).rejects.toMatchObject({ why: `no CPU controller under ${root}` });
  });
});

describe('destroying a group', () => {
  it('ends what is in it, never the lab itself', async () => {
    const child = spawn('sleep', ['60']);
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    files({ 'h/cgroup.procs': `${child.pid}\n${process.pid}\n` });
    const destroyed = cgroupsV2(root).destroy('h');
    expect(await ended).toBe('SIGKILL');
    // The kernel takes an ended process out of the file.
    files({ 'h/cgroup.procs': `${process.pid}\n` });
    await destroyed;
    expect(existsSync(join(root, 'h'))).toBe(true);
  });
});
