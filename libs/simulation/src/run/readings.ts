import { NOTHING_READ } from '@loadstair/components';
import type { Samples, SoftSample } from '@loadstair/measure';
import type { HostReading, HostsReading } from '@loadstair/runtime';
import type { Placement } from '@loadstair/topology';
import type { Chance } from '../engine/chance.ts';
import type { Timeline } from '../engine/timeline.ts';
import type { Weather } from '../engine/weather.ts';
import type { SiteModel } from '../site/model.ts';
import type { Site } from '../site/site.ts';
import type { Disturbance } from './disturbance.ts';

const READ_EVERY_MS = 250;
const READS_PER_SOFT = 4;
/** Cores of the machine; what k6 uses: some, and some per arrival; what the lab's own programs use. */
export const CORES = 2;
const K6_CORES = { base: 0.02, perArrival: 0.0011 };
const LAB_CORES = { labd: 0.014, prometheus: 0.002 };
/** Work outside that a quiet machine has. */
const QUIET_OUTSIDE_CORES = 0.02;
const PROBE_MS = 0.8;

/** Reads a simulated site as the lab's sampler reads a real one: cumulative counters, four times and once a second. */
export class Readings {
  readonly samples: Samples = { readings: [], soft: [], probes: [] };
  rate = 0;
  readonly #site: Site;
  readonly #timeline: Timeline;
  readonly #placement: Placement;
  readonly #model: SiteModel;
  readonly #disturbance: Disturbance;
  readonly #chance: Chance;
  readonly #weather: Weather;
  readonly #grown = { idle: 0, steal: 0, busy: 0, clients: 0, labd: 0, prometheus: 0 };
  readonly #memoryFailures = new Map<string, number>();
  readonly #reset = new Map<string, number>();
  #hostsMs = 0;
  #ticks = 0;
  /** Sampler silent until then. */
  silentUntilMs = 0;

  constructor(
    world: {
      readonly timeline: Timeline;
      readonly site: Site;
      readonly chance: Chance;
      readonly disturbance: Disturbance;
      readonly weather: Weather;
    },
    placement: Placement,
    model: SiteModel,
  ) {
    this.#timeline = world.timeline;
    this.#site = world.site;
    this.#chance = world.chance;
    this.#weather = world.weather;
    this.#disturbance = world.disturbance;
    this.#placement = placement;
    this.#model = model;
    this.#tick();
  }

  /** A host starts from nothing again: its counters too. */
  restarted(host: string): void {
    this.#reset.set(host, this.#site.hosts.get(host)?.usedMs ?? 0);
  }

  /** What was read around a window. */
  around(startMs: number, endMs: number): Samples {
    const near = ({ atMs }: { readonly atMs: number }): boolean => atMs >= startMs - 2000 && atMs <= endMs + 2000;
    return {
      readings: this.samples.readings.filter(near),
      soft: this.samples.soft.filter(near),
      probes: this.samples.probes.filter(near),
    };
  }

  #tick(): void {
    for (const host of this.#site.hosts.values()) host.read();
    this.#machine();
    if (this.#timeline.now >= this.silentUntilMs) {
      this.samples.readings.push(this.#reading());
      if (this.#ticks % READS_PER_SOFT === 0) this.#soft();
    }
    this.#ticks += 1;
    this.#timeline.after(READ_EVERY_MS, () => this.#tick());
  }

  #machine(): void {
    if (this.#ticks === 0) return;
    const seconds = READ_EVERY_MS / 1000;
    const hostsMs = [...this.#site.hosts.values()].reduce((sum, host) => sum + host.usedMs, 0);
    const hosts = (hostsMs - this.#hostsMs) / 1000;
    this.#hostsMs = hostsMs;
    const clients = (K6_CORES.base + K6_CORES.perArrival * this.rate * (this.rate > 0 ? 1.6 : 0)) * seconds;
    const lab = (LAB_CORES.labd + LAB_CORES.prometheus) * seconds;
    const outside = ((this.#disturbance.outsideCores ?? 0) + QUIET_OUTSIDE_CORES * this.#chance.spread(0.5)) * seconds;
    const steal = (this.#disturbance.steal ?? 0.0005) * this.#chance.spread(0.6) * CORES * seconds;
    const busy = Math.min(CORES * seconds - steal, hosts + clients + lab + outside);
    this.#grown.clients += clients;
    this.#grown.labd += LAB_CORES.labd * seconds;
    this.#grown.prometheus += LAB_CORES.prometheus * seconds;
    this.#grown.steal += steal;
    this.#grown.busy += busy;
    this.#grown.idle += CORES * seconds - busy - steal;
  }

  #reading(): HostsReading {
    return {
      atMs: this.#timeline.now,
      hosts: this.#present().flatMap((host) =>
        this.#disturbance.blind?.host === host.name && this.#disturbance.blind.kind === 'cpu' ? [] : [this.#host(host.name, host.tier)],
      ),
      machine: {
        cores: CORES,
        idleSeconds: this.#grown.idle,
        stealSeconds: this.#grown.steal,
        busySeconds: this.#grown.busy,
        memoryAvailableBytes: 20e9,
      },
      lab: { clients: this.#grown.clients, labd: this.#grown.labd, prometheus: this.#grown.prometheus },
    };
  }

  #present(): Placement['hosts'] {
    return this.#placement.hosts.filter(({ name }) => !this.#site.away.has(name));
  }

  #host(name: string, tier: string): HostReading {
    const cpu = this.#site.hosts.get(name);
    const placed = this.#placement.hosts.find((host) => host.name === name);
    if (cpu === undefined || placed === undefined) throw new Error(`no simulated host ${name}`);
    const limit = placed.tierSpec.memoryMiB * 2 ** 20;
    const share = (this.#model.memory[tier] ?? 0.4) + 0.01 * (this.#chance.share() - 0.5);
    const failures = (this.#memoryFailures.get(name) ?? 0) + ((this.#model.memoryFailuresPerS[tier] ?? 0) * READ_EVERY_MS) / 1000;
    this.#memoryFailures.set(name, failures);
    const disk = this.#site.databases.find((database) => database.host.name === name)?.disk ?? null;
    const own = this.#reset.get(name) ?? 0;
    return {
      host: name,
      tier,
      place: placed.place,
      cpuSeconds: (cpu.usedMs - own) / 1000,
      cpuSecondsByComponent: Object.fromEntries(
        placed.tierSpec.components.map((component) => [component, this.#site.usedMs(name, component) / 1000]),
      ),
      quotaCores: placed.tierSpec.cpu * 0.1,
      periods: cpu.periods,
      throttledPeriods: cpu.throttledPeriods,
      throttledSeconds: cpu.throttledPeriods * 0.05,
      memoryBytes: Math.min(1, share) * limit,
      memoryLimitBytes: limit,
      memoryFailures: Math.floor(failures),
      ioReadBytes: disk?.bytesRead ?? 0,
      ioWriteBytes: disk?.bytesWritten ?? 0,
      psiCpuSomeSeconds: null,
      psiIoFullSeconds: cpu.ioFullMs / 1000,
      psiMemoryFullSeconds: 0,
    };
  }

  #soft(): void {
    const atMs = this.#timeline.now;
    const push = (sample: Omit<SoftSample, 'atMs'>): void => {
      const { blind } = this.#disturbance;
      if (blind?.host === sample.host && blind.kind === sample.kind) return;
      this.samples.soft.push({ ...sample, atMs });
    };
    for (const web of this.#site.webs) {
      if (this.#site.away.has(web.host.name)) continue;
      const { pool, node, jobs } = web;
      if (jobs !== null)
        push({ ...NOTHING_READ, host: web.host.name, component: 'site', kind: 'backlog', waiting: jobs.work.unfinished, work: jobs.work });
      push({
        host: web.host.name,
        component: 'site',
        kind: 'pool',
        inUse: pool.inUse,
        waiting: pool.waiting,
        waitSeconds: pool.waitMs / 1000,
        busySeconds: pool.heldMs / 1000,
        acquisitions: pool.acquisitions,
        ...(this.#site.cache === null ? {} : { asked: this.#site.cache.askedBy(web.host.name) }),
      });
      push({
        ...NOTHING_READ,
        host: web.host.name,
        component: 'site',
        kind: 'event-loop',
        busySeconds: node.activeMs / 1000,
        gcSeconds: web.gcMs / 1000,
        gcHelperSeconds: web.helpers.usedMs / 1000,
      });
    }
    for (const { host, activeQueries, locks, replay, writtenBytes, replayedBytes } of this.#site.databases) {
      const own = { ...NOTHING_READ, host: host.name, component: 'postgres' } as const;
      push({ ...own, kind: 'lock', inUse: activeQueries, waiting: locks.waiting });
      if (replay !== null)
        push({
          ...own,
          kind: 'replay',
          busySeconds: replay.usedMs / 1000,
          replay: { writtenBytes, behindBytes: writtenBytes - replayedBytes, behindSeconds: null },
        });
    }
    for (const host of this.#placement.hosts) {
      const { slots, cache, edges } = this.#site;
      if (cache !== null && host.tierSpec.components.includes('redis'))
        push({ ...NOTHING_READ, host: host.name, component: 'redis', kind: 'hit-ratio', cache: cache.stateOf(host.name) });
      if (edges !== null && host.tierSpec.components.includes('varnish'))
        push({ ...NOTHING_READ, host: host.name, component: 'varnish', kind: 'files', files: edges.stateOf(host.name) });
      if (slots !== null && host.tierSpec.components.includes('haproxy'))
        push({
          host: host.name,
          component: 'haproxy',
          kind: 'slots',
          inUse: slots.inUse,
          waiting: slots.waiting,
          waitSeconds: slots.waitMs / 1000,
          busySeconds: slots.heldMs / 1000,
          acquisitions: slots.acquisitions,
        });
    }
    this.samples.probes.push({ atMs, ms: (PROBE_MS / this.#weather.at(atMs)) * this.#chance.spread(0.01) });
  }
}
