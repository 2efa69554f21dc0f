import type { HostReading } from '@loadstair/runtime';

/** What the kernel rounds: quotas are whole microseconds, memory whole pages. */
const ROUNDING = 0.01;

/**
 * Compares the limits that hosts have with those the lab set: a host that somebody else gave more, or less, is another host than the
 * one that is measured.
 *
 * @returns of each reading, in words, what is not as planned and was not told before; a limit put right and changed again is told again
 */
export function watchLimits(): (hosts: readonly Pick<HostReading, 'host' | 'quotaCores' | 'memoryLimitBytes' | 'planned'>[]) => string[] {
  let told: ReadonlySet<string> = new Set();
  return (hosts) => {
    const now = hosts.flatMap(({ host, quotaCores, memoryLimitBytes, planned }) => {
      if (planned === null) return [];
      return [
        ...(same(quotaCores, planned.quotaCores) ? [] : [`${host} has ${cores(quotaCores)}, planned ${cores(planned.quotaCores)}`]),
        ...(same(memoryLimitBytes, planned.memoryLimitBytes)
          ? []
          : [`${host} has ${memory(memoryLimitBytes)}, planned ${memory(planned.memoryLimitBytes)}`]),
      ];
    });
    const fresh = now.filter((words) => !told.has(words));
    told = new Set(now);
    return fresh;
  };
}

function same(actual: number | null, planned: number | null): boolean {
  if (actual === null || planned === null) return actual === planned;
  return Math.abs(actual - planned) <= planned * ROUNDING;
}

function cores(quota: number | null): string {
  return quota === null ? 'no CPU limit' : `${Number(quota.toPrecision(3))} cores`;
}

function memory(bytes: number | null): string {
  return bytes === null ? 'no memory limit' : `${Math.round(bytes / 2 ** 20)} MiB`;
}
