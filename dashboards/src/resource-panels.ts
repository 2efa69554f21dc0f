import { METRICS, rate, select, sum, type Matchers } from '@loadstair/telemetry';
import type { PlacedLater } from './panels/panel.ts';
import { timeSeries } from './panels/time-series.ts';

/** Share of a limit from which on a resource counts as full (ux.md, "Live"). */
export const FULL = 0.92;
const BY_HOST = '{{host}}';

const budget = (matchers: Matchers): string => `(${select(METRICS.quota, matchers)} / ${select(METRICS.period, matchers)})`;

/** CPU in use, of the budget; a host without budget has no such share. */
export function cpuUse(matchers: Matchers): string {
  return `${sum(rate(METRICS.cpu, matchers), ['host', 'tier'])} / on (host, tier) ${sum(budget(matchers), ['host', 'tier'])}`;
}

export function memoryUse(matchers: Matchers): string {
  return `${select(METRICS.memory, matchers)} / ${select(METRICS.memoryLimit, matchers)}`;
}

export function softUse(matchers: Matchers): string {
  return `${select(METRICS.inUse, matchers)} / ${select(METRICS.limit, matchers)}`;
}

/** What every host has. */
export function hostPanels(tier: string, width: number): PlacedLater[] {
  return [
    timeSeries({
      key: `${tier}/cpu`,
      title: `${tier} CPU`,
      description: `CPU time that the hosts of ${tier} use, as a share of their budget. At the dashed line a host is saturated: it is throttled in most CPU periods, and work waits.`,
      unit: 'percentunit',
      width,
      limitLine: FULL,
      queries: [{ expr: cpuUse({ tier }), legend: BY_HOST, every: 1, colour: 'shades' }],
    }),
    timeSeries({
      key: `${tier}/memory`,
      title: `${tier} memory`,
      description: `Working set of the hosts of ${tier}, as a share of their memory limit. At the limit the kernel reclaims pages or kills a process.`,
      unit: 'percentunit',
      width,
      limitLine: FULL,
      queries: [{ expr: memoryUse({ tier }), legend: BY_HOST, every: 1, colour: 'shades' }],
    }),
    timeSeries({
      key: `${tier}/disk`,
      title: `${tier} disk`,
      description: `Bytes that the hosts of ${tier} read from and wrote to disk. The lab knows no limit of a disk; check in dashboard Hosts whether the I/O stall time grows too.`,
      unit: 'binBps',
      width,
      queries: [
        { expr: sum(rate(METRICS.reads, { tier })), legend: 'read', every: 1 },
        { expr: sum(rate(METRICS.writes, { tier })), legend: 'written', every: 1 },
      ],
    }),
  ];
}
