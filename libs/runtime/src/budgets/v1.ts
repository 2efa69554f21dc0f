import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readTextOr } from '@loadstair/kit/node';
import {
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

/**
 * cgroup v1: one tree a controller. PSI exists only in the v2 tree that a hybrid machine mounts beside them, so processes
 * join a group there too when there is one.
 *
 * @param root usually /sys/fs/cgroup
 */
export function cgroupsV1(root = '/sys/fs/cgroup'): Cgroups {
  const controllers = ['cpu', 'cpuacct', 'memory', 'blkio', 'unified'].filter((name) => existsSync(join(root, name)));
  const at = (controller: string, group: string): string => join(root, controller, group);
  const cpuSeconds = (group: string): number => Number(readText(join(at('cpuacct', group), 'cpuacct.usage'))) / 1e9;
  return {
    version: 'v1',
    create(group) {
      for (const controller of controllers) makeFolder(at(controller, group));
    },
    joinFiles: (group) => controllers.map((controller) => join(at(controller, group), 'cgroup.procs')),
    setCpu(group, cores) {
      const file = (name: string): string => join(at('cpu', group), name);
      // The kernel refuses a burst above the quota, so the burst goes first on the way down and last on the way up.
      if (existsSync(file('cpu.cfs_burst_us'))) writeText(file('cpu.cfs_burst_us'), 0);
      writeText(file('cpu.cfs_quota_us'), -1);
      if (cores === null) return;
      const quotaUs = Math.round(cores * PERIOD_US);
      writeText(file('cpu.cfs_period_us'), PERIOD_US);
      writeText(file('cpu.cfs_quota_us'), quotaUs);
      if (existsSync(file('cpu.cfs_burst_us'))) writeText(file('cpu.cfs_burst_us'), quotaUs);
    },
    setMemory(group, bytes) {
      writeText(join(at('memory', group), 'memory.limit_in_bytes'), bytes);
    },
    setDiskWrites(group, disk, bytesPerS) {
      writeText(join(at('blkio', group), 'blkio.throttle.write_bps_device'), `${disk} ${bytesPerS ?? 0}`);
    },
    setIdle(group) {
      const idle = join(at('cpu', group), 'cpu.idle');
      // Kernels before 5.15 have no idle groups; the smallest weight comes close.
      if (existsSync(idle)) writeText(idle, 1);
      else writeText(join(at('cpu', group), 'cpu.shares'), 2);
    },
    cpuSeconds,
    read(group): GroupReading {
      const cpuStat = readText(join(at('cpu', group), 'cpu.stat'));
      const memoryStat = readTextOr(join(at('memory', group), 'memory.stat'), '');
      const io = readTextOr(join(at('blkio', group), 'blkio.throttle.io_service_bytes_recursive'), '');
      const psi = (name: string): string => readTextOr(join(at('unified', group), name), '');
      return {
        quotaCores: quotaOf(
          readTextOr(join(at('cpu', group), 'cpu.cfs_quota_us'), ''),
          readTextOr(join(at('cpu', group), 'cpu.cfs_period_us'), ''),
        ),
        memoryLimitBytes: memoryLimitOf(readTextOr(join(at('memory', group), 'memory.limit_in_bytes'), '')),
        cpuSeconds: cpuSeconds(group),
        periods: field(cpuStat, 'nr_periods'),
        throttledPeriods: field(cpuStat, 'nr_throttled'),
        throttledSeconds: field(cpuStat, 'throttled_time') / 1e9,
        memoryBytes: Math.max(
          0,
          Number(readTextOr(join(at('memory', group), 'memory.usage_in_bytes'), '0')) - field(memoryStat, 'total_inactive_file'),
        ),
        memoryFailures: Number(readTextOr(join(at('memory', group), 'memory.failcnt'), '0')),
        ioReadBytes: ioBytes(io, 'Read'),
        ioWriteBytes: ioBytes(io, 'Write'),
        psiCpuSomeSeconds: pressureSeconds(psi('cpu.pressure'), 'some'),
        psiIoFullSeconds: pressureSeconds(psi('io.pressure'), 'full'),
        psiMemoryFullSeconds: pressureSeconds(psi('memory.pressure'), 'full'),
      };
    },
    oomKills: (group) => oomKillsBelow(at('memory', group)),
    processes: (group) => [...new Set(controllers.flatMap((controller) => processesBelow(at(controller, group))))],
    children: (group) => foldersIn(at('cpu', group)),
    exists: (group) => controllers.some((controller) => existsSync(at(controller, group))),
    unifiedPath: (group) => (controllers.includes('unified') ? join('unified', group) : null),
    destroy: (group) => destroyFolders(controllers.map((controller) => at(controller, group))),
  };
}

/** v1 counts a kill in the group the process was in, and not in those above it. */
function oomKillsBelow(path: string): number {
  const own = field(readTextOr(join(path, 'memory.oom_control'), ''), 'oom_kill');
  return foldersIn(path).reduce((sum, child) => sum + oomKillsBelow(join(path, child)), own);
}

/** Sum of `<device> Read|Write <bytes>` lines. */
function ioBytes(text: string, direction: 'Read' | 'Write'): number {
  let sum = 0;
  for (const match of text.matchAll(new RegExp(`^\\d+:\\d+ ${direction} (\\d+)`, 'gm'))) sum += Number(match[1]);
  return sum;
}
