import { componentOf, type SoftResource } from '@loadstair/components';
import { METRICS, max, rate, select, sum, type Matchers } from '@loadstair/telemetry';
import { placeTopology, type ComponentKind, type PlacedHost, type Placement, type Tier, type Topology } from '@loadstair/topology';
import type { PlacedLater } from './panels/panel.ts';
import { timeSeries } from './panels/time-series.ts';

/** Every kind of resource a verdict may name. A component with a kind of its own does not compile until it has a panel here. */
export type ResourceKind = 'cpu' | 'memory' | 'disk' | SoftResource['kind'];

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

/** Share of time the event loop was busy. */
export function eventLoopUse(matchers: Matchers): string {
  return `${rate(METRICS.loopActive, matchers)} / (${rate(METRICS.loopActive, matchers)} + ${rate(METRICS.loopIdle, matchers)})`;
}

interface About {
  readonly tier: string;
  readonly width: number;
}

const panels: Readonly<Record<ResourceKind, (about: About) => PlacedLater>> = {
  cpu: ({ tier, width }) =>
    timeSeries({
      key: `${tier}/cpu`,
      title: `${tier} CPU`,
      description: `CPU time the hosts of ${tier} use, of their budget. At the dashed line a host is full: it is stopped in most periods and work waits.`,
      unit: 'percentunit',
      width,
      limitLine: FULL,
      queries: [{ expr: cpuUse({ tier }), legend: BY_HOST, every: 1, colour: 'shades' }],
    }),
  memory: ({ tier, width }) =>
    timeSeries({
      key: `${tier}/memory`,
      title: `${tier} memory`,
      description: `Memory the hosts of ${tier} cannot give back easily, of their limit. At the limit the kernel takes pages away or ends a process.`,
      unit: 'percentunit',
      width,
      limitLine: FULL,
      queries: [{ expr: memoryUse({ tier }), legend: BY_HOST, every: 1, colour: 'shades' }],
    }),
  disk: ({ tier, width }) =>
    timeSeries({
      key: `${tier}/disk`,
      title: `${tier} disk`,
      description: `Bytes the hosts of ${tier} read from and wrote to disk. The lab knows no limit of a disk: look whether time stalled on disk grows with it (dashboard Hosts).`,
      unit: 'binBps',
      width,
      queries: [
        { expr: sum(rate(METRICS.reads, { tier })), legend: 'read', every: 1 },
        { expr: sum(rate(METRICS.writes, { tier })), legend: 'written', every: 1 },
      ],
    }),
  pool: (about) => soft(about, 'pool', 'database connections'),
  slots: (about) => soft(about, 'slots', 'places for requests in flight'),
  'event-loop': ({ tier, width }) =>
    timeSeries({
      key: `${tier}/event-loop`,
      title: `${tier} event loop`,
      description: `Share of time the event loop of each site process in ${tier} was busy. Time in which the host was stopped counts as busy, so read it beside CPU.`,
      unit: 'percentunit',
      width,
      limitLine: FULL,
      queries: [{ expr: eventLoopUse({ tier }), legend: BY_HOST, colour: 'shades' }],
    }),
  lock: ({ tier, width }) =>
    timeSeries({
      key: `${tier}/lock`,
      title: `${tier} locks`,
      description: `Database sessions that do something, and those that wait for a lock of another. Waiting that grows while CPU falls means one row is fought over.`,
      unit: 'short',
      width,
      queries: [
        { expr: sum(select(METRICS.inUse, { tier, resource: 'lock' })), legend: 'active', every: 1 },
        { expr: sum(select(METRICS.waiting, { tier, resource: 'lock' })), legend: 'waiting', every: 1 },
      ],
    }),
  replay: ({ tier, width }) =>
    timeSeries({
      key: `${tier}/replay`,
      title: `${tier} behind the primary`,
      description: `Bytes the primary has written that each host of ${tier} has not replayed. A level is a delay; a slope means that the host cannot replay as fast as the primary writes.`,
      unit: 'bytes',
      width,
      queries: [{ expr: select(METRICS.behindBytes, { tier }), legend: BY_HOST, every: 1, colour: 'shades' }],
    }),
  backlog: ({ tier, width }) =>
    timeSeries({
      key: `${tier}/backlog`,
      title: `${tier} backlog`,
      description: `Jobs that ${tier} has accepted and that are not finished, on each of its hosts. A level is work in progress; a slope means that work is accepted faster than it is finished.`,
      unit: 'short',
      width,
      queries: [{ expr: select(METRICS.waiting, { tier, resource: 'backlog' }), legend: BY_HOST, every: 1, colour: 'shades' }],
    }),
  'hit-ratio': ({ tier, width }) =>
    timeSeries({
      key: `${tier}/hit-ratio`,
      title: `${tier} hit ratio`,
      description: `Share of what web servers asked ${tier} for that it had, and the share that it had had before and lost: for want of memory, at the end of its life, or with a host. The latter is what the database reads again.`,
      unit: 'percentunit',
      width,
      queries: [
        { expr: `${lookups({ tier, outcome: 'hit' })} / ${lookups({ tier })}`, legend: 'hits', every: 1 },
        { expr: `${lookups({ tier, outcome: 'again' })} / ${lookups({ tier })}`, legend: 'missed again', every: 1, colour: 'second' },
      ],
    }),
};

function lookups(matchers: Matchers): string {
  return sum(rate(METRICS.cacheLookups, matchers));
}

/** Places in use against places there are: the fullest host speaks for its tier, and everybody who waits counts. */
function soft({ tier, width }: About, resource: 'pool' | 'slots', what: string): PlacedLater {
  return timeSeries({
    key: `${tier}/${resource}`,
    title: `${tier} ${resource}`,
    description: `Of the ${what} of ${tier}: in use on the fullest host, there on one host, and requests waiting for one. Full and waiting is a limit only if each is held no longer than before; else it waits on what is behind it.`,
    unit: 'short',
    width,
    queries: [
      { expr: max(select(METRICS.inUse, { tier, resource })), legend: 'in use', every: 1 },
      { expr: max(select(METRICS.limit, { tier, resource })), legend: 'limit', every: 1, colour: 'limit' },
      { expr: sum(select(METRICS.waiting, { tier, resource })), legend: 'waiting', every: 1, colour: 'second' },
    ],
  });
}

/** Kinds of resources the hosts of a tier have, the host's own first. */
export function resourceKindsOf(topology: Topology, tier: Tier): ResourceKind[] {
  const placement = placeTopology(topology, { instance: 1, labFolder: '' });
  const host = placement.hosts.find((one) => one.tier === tier.name);
  const kinds = host === undefined ? [] : tier.components.flatMap((kind) => softKinds(kind, host, placement));
  return [...new Set<ResourceKind>(['cpu', 'memory', 'disk', ...kinds])];
}

function softKinds(kind: ComponentKind, host: PlacedHost, placement: Placement): ResourceKind[] {
  return componentOf(kind)
    .metrics.resources(host, placement)
    .map((resource) => resource.kind);
}

export function resourcePanel(kind: ResourceKind, about: About): PlacedLater {
  return panels[kind](about);
}
