import { readFileSync } from 'node:fs';
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
  planned: null,
  memoryFailures: 0,
  ioReadBytes: 0,
  ioWriteBytes: 0,
  psiCpuSomeSeconds: null,
  psiIoFullSeconds: null,
  psiMemoryFullSeconds: null,
} as const;

/** What a host has used, read from outside it; null when its group is gone. */
export function readHost(host: RunningHost, cgroups: Cgroups | null, options: StartOptions): HostReading | null {
  const { placed } = host;
  const names = { host: placed.name, tier: placed.tier, place: placed.place };
  if (cgroups === null) {
    return { ...names, ...UNKNOWN, cpuSeconds: host.pids().reduce((sum, pid) => sum + (processCpuSeconds(pid) ?? 0), 0) };
  }
  if (!cgroups.exists(host.group)) return null;
  const { instance } = options;
  const reading = cgroups.read(host.group);
  const byComponent = placed.tierSpec.components.flatMap((kind) => {
    const group = groups.component(instance, placed.name, kind);
    return cgroups.exists(group) ? [[kind, cgroups.cpuSeconds(group)] as const] : [];
  });
  return {
    ...names,
    ...reading,
    cpuSecondsByComponent: Object.fromEntries(byComponent),
    ...strangersOf(host, cgroups, instance, reading.cpuSeconds - byComponent.reduce((sum, [, seconds]) => sum + seconds, 0)),
    planned: {
      quotaCores: host.quotaCores,
      memoryLimitBytes: placed.tierSpec.memoryMiB * 2 ** 20,
    },
  };
}

/** CPU seconds that somebody else than the components of a host used, from which on it is looked who that is. */
const NOTEWORTHY_S = 0.2;

/** Names of the programs in the group of a host that are in the group of none of its components. */
function strangersOf(
  { group, placed }: RunningHost,
  cgroups: Cgroups,
  instance: number,
  restSeconds: number,
): Pick<HostReading, 'strangers'> {
  if (restSeconds < NOTEWORTHY_S) return {};
  const known = placed.tierSpec.components.flatMap((kind) => cgroups.processes(groups.component(instance, placed.name, kind)));
  const pids = cgroups.processes(group).filter((pid) => !known.includes(pid));
  const names = [...new Set(pids.flatMap((pid) => nameOf(pid) ?? []))];
  return names.length === 0 ? {} : { strangers: names };
}

/** Null when it has ended. A program may call itself anything. */
function nameOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8')
      .trim()
      .replaceAll(/[^ -~]/g, '?');
  } catch {
    return null;
  }
}
