import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readTextOr } from '@loadstair/kit/node';
import {
  BudgetsImpossible,
  destroyFolders,
  field,
  foldersIn,
  makeFolder,
  memoryLimitOf,
  PERIOD_US,
  pressureSeconds,
  processesBelow,
  quotaOf,
  readText,
  writeText,
  type Cgroups,
  type GroupReading,
} from './cgroups.ts';

const CONTROLLERS = ['cpu', 'memory', 'io'];

/**
 * cgroup v2: one tree for all controllers; a controller works in a group only when every group above hands it down.
 *
 * @param root a group we may make children in; usually /sys/fs/cgroup
 */
export function cgroupsV2(root = '/sys/fs/cgroup'): Cgroups {
  const at = (group: string): string => join(root, group);
  return {
    version: 'v2',
    create(group) {
      let path = root;
      for (const part of group.split('/')) {
        handDown(path);
        path = join(path, part);
        makeFolder(path);
      }
    },
    joinFiles: (group) => [join(at(group), 'cgroup.procs')],
    setCpu(group, cores) {
      const max = join(at(group), 'cpu.max');
      const burst = join(at(group), 'cpu.max.burst');
      // Same order as in v1: a burst above the quota is refused.
      if (existsSync(burst)) writeText(burst, 0);
      if (cores === null) return writeText(max, `max ${PERIOD_US}`);
      const quotaUs = Math.round(cores * PERIOD_US);
      writeText(max, `${quotaUs} ${PERIOD_US}`);
      if (existsSync(burst)) writeText(burst, quotaUs);
    },
    setMemory(group, bytes) {
      writeText(join(at(group), 'memory.max'), bytes);
    },
    setDiskWrites(group, disk, bytesPerS) {
      writeText(join(at(group), 'io.max'), `${disk} wbps=${bytesPerS ?? 'max'}`);
    },
    setIdle(group) {
      const idle = join(at(group), 'cpu.idle');
      // Kernels before 5.15 have no idle groups; the smallest weight comes close.
      if (existsSync(idle)) writeText(idle, 1);
      else writeText(join(at(group), 'cpu.weight'), 1);
    },
    cpuSeconds: (group) => field(readText(join(at(group), 'cpu.stat')), 'usage_usec') / 1e6,
    read(group): GroupReading {
      const file = (name: string): string => readTextOr(join(at(group), name), '');
      const cpu = readText(join(at(group), 'cpu.stat'));
      const io = file('io.stat');
      const [quotaUs = '', periodUs = ''] = file('cpu.max').split(' ');
      return {
        quotaCores: quotaOf(quotaUs, periodUs),
        memoryLimitBytes: memoryLimitOf(file('memory.max')),
        cpuSeconds: field(cpu, 'usage_usec') / 1e6,
        periods: field(cpu, 'nr_periods'),
        throttledPeriods: field(cpu, 'nr_throttled'),
        throttledSeconds: field(cpu, 'throttled_usec') / 1e6,
        memoryBytes: Math.max(0, Number(file('memory.current') || 0) - field(file('memory.stat'), 'inactive_file')),
        memoryFailures: field(file('memory.events'), 'max'),
        // memory.events counts what happened below too (cgroup-v2.rst).
        ioReadBytes: sumOf(io, 'rbytes'),
        ioWriteBytes: sumOf(io, 'wbytes'),
        psiCpuSomeSeconds: pressureSeconds(file('cpu.pressure'), 'some'),
        psiIoFullSeconds: pressureSeconds(file('io.pressure'), 'full'),
        psiMemoryFullSeconds: pressureSeconds(file('memory.pressure'), 'full'),
      };
    },
    // Counts the groups below it too.
    oomKills: (group) => field(readTextOr(join(at(group), 'memory.events'), ''), 'oom_kill'),
    processes: (group) => processesBelow(at(group)),
    children: (group) => foldersIn(at(group)),
    exists: (group) => existsSync(at(group)),
    unifiedPath: (group) => group,
    destroy: (group) => destroyFolders([at(group)]),
  };
}

/** Lets the children of a group use every controller it has itself. */
function handDown(path: string): void {
  const has = readTextOr(join(path, 'cgroup.controllers'), '').split(/\s+/);
  const given = readTextOr(join(path, 'cgroup.subtree_control'), '').split(/\s+/);
  for (const controller of CONTROLLERS) {
    if (!has.includes(controller) || given.includes(controller)) continue;
    try {
      writeText(join(path, 'cgroup.subtree_control'), `+${controller}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EBUSY') throw holdsProcesses(path);
      throw error;
    }
  }
}

/**
 * A delegated group (a container's, a user's session) that holds processes hands no controllers down. They are not ours, so
 * they are not ours to move.
 */
function holdsProcesses(path: string): BudgetsImpossible {
  const pids = readTextOr(join(path, 'cgroup.procs'), '').split('\n').filter(Boolean);
  return new BudgetsImpossible(
    `${path} holds processes itself (pids ${pids.slice(0, 5).join(', ')}${pids.length > 5 ? ', …' : ''}), so the kernel lets no group below it have limits`,
    `(cd ${path}; mkdir -p rest; for p in $(cat cgroup.procs); do echo $p > rest/cgroup.procs; done) moves them one group down`,
  );
}

function sumOf(text: string, key: string): number {
  let sum = 0;
  for (const match of text.matchAll(new RegExp(`\\b${key}=(\\d+)`, 'g'))) sum += Number(match[1]);
  return sum;
}
