import { processCpuSeconds } from '@loadstair/kit/node';
import type { Cgroups } from '../budgets/cgroups.ts';
import type { HostReading, StartOptions } from '../driver.ts';
import { groups } from './groups.ts';
import type { RunningHost } from './host.ts';

/** Everything a host without control groups cannot tell. */
const UNKNOWN = {
  cpuSecondsByComponent: {},
  quotaCores: null,
  periods: 0,
  throttledPeriods: 0,
  throttledSeconds: 0,
  memoryBytes: 0,
  memoryLimitBytes: null,
  memoryFailures: 0,
  ioReadBytes: 0,
  ioWriteBytes: 0,
  psiCpuSomeSeconds: null,
  psiIoFullSeconds: null,
  psiMemoryFullSeconds: null,
} as const;

/** What a host has used, read from outside it; null when its group is gone. */
export function readHost(host: RunningHost, cgroups: Cgroups | null, options: StartOptions, budgetOn: boolean): HostReading | null {
  const { placed } = host;
  const names = { host: placed.name, tier: placed.tier, place: placed.place };
  if (cgroups === null) {
    return { ...names, ...UNKNOWN, cpuSeconds: host.pids().reduce((sum, pid) => sum + (processCpuSeconds(pid) ?? 0), 0) };
  }
  if (!cgroups.exists(host.group)) return null;
  const { instance, coresPerLabCpu } = options;
  const byComponent = placed.tierSpec.components.flatMap((kind) => {
    const group = groups.component(instance, placed.name, kind);
    return cgroups.exists(group) ? [[kind, cgroups.cpuSeconds(group)] as const] : [];
  });
  return {
    ...names,
    ...cgroups.read(host.group),
    cpuSecondsByComponent: Object.fromEntries(byComponent),
    quotaCores: budgetOn ? placed.tierSpec.cpu * coresPerLabCpu : null,
    memoryLimitBytes: placed.tierSpec.memoryMiB * 2 ** 20,
  };
}
