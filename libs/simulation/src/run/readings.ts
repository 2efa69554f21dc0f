import type { SimulatedModel } from '@loadstair/components';
import type { Samples } from '@loadstair/measure';
import type { HostReading, HostsReading } from '@loadstair/runtime';
import type { Chance, Timeline, Weather } from '@loadstair/simulation-engine';
import type { Disturbance } from './disturbance.ts';
import type { SimulatedHost, Site } from './site.ts';

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
  readonly #model: SimulatedModel;
  readonly #disturbance: Disturbance;
  readonly #chance: Chance;
  readonly #weather: Weather;
  readonly #generatorWeather: Weather;
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
      readonly generatorWeather: Weather;
    },
    model: SimulatedModel,
  ) {
    this.#timeline = world.timeline;
    this.#site = world.site;
    this.#chance = world.chance;
    this.#weather = world.weather;
    this.#generatorWeather = world.generatorWeather;
    this.#disturbance = world.disturbance;
    this.#model = model;
    this.#tick();
  }

  /** A host starts from nothing again: its counters too. */
  restarted(host: string): void {
    this.#reset.set(host, this.#site.hosts.get(host)?.cpu.usedMs ?? 0);
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
    for (const { cpu } of this.#site.hosts.values()) cpu.read();
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
    const hostsMs = [...this.#site.hosts.values()].reduce((sum, { cpu }) => sum + cpu.usedMs, 0);
    const hosts = (hostsMs - this.#hostsMs) / 1000;
    this.#hostsMs = hostsMs;
    const { now } = this.#timeline;
    const speed = this.#weather.at(now) * this.#generatorWeather.at(now);
    const clients = ((K6_CORES.base + K6_CORES.perArrival * this.rate * (this.rate > 0 ? 1.6 : 0)) / speed) * seconds;
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
      hosts: this.#present().flatMap((simulated) =>
        this.#disturbance.blind?.host === simulated.host.name && this.#disturbance.blind.kind === 'cpu' ? [] : [this.#host(simulated)],
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

  #present(): SimulatedHost[] {
    return [...this.#site.hosts.values()].filter(({ host }) => this.#site.isThere(host));
  }

  #host({ host, cpu, disk, servers }: SimulatedHost): HostReading {
    const { name, tier, place, tierSpec } = host;
    const limit = tierSpec.memoryMiB * 2 ** 20;
    const share = (this.#model.memory[tier] ?? 0.4) + 0.01 * (this.#chance.share() - 0.5);
    const failures = (this.#memoryFailures.get(name) ?? 0) + ((this.#model.memoryFailuresPerS[tier] ?? 0) * READ_EVERY_MS) / 1000;
    this.#memoryFailures.set(name, failures);
    const own = this.#reset.get(name) ?? 0;
    return {
      host: name,
      tier,
      place,
      cpuSeconds: (cpu.usedMs - own) / 1000,
      cpuSecondsByComponent: Object.fromEntries(tierSpec.components.map((kind) => [kind, (servers.get(kind)?.usedMs ?? 0) / 1000])),
      quotaCores: tierSpec.cpu * 0.1,
      periods: cpu.periods,
      throttledPeriods: cpu.throttledPeriods,
      throttledSeconds: cpu.throttledPeriods * 0.05,
      memoryBytes: Math.min(1, share) * limit,
      memoryLimitBytes: limit,
      planned: { quotaCores: tierSpec.cpu * 0.1, memoryLimitBytes: limit },
      memoryFailures: Math.floor(failures),
      ioReadBytes: disk.bytesRead,
      ioWriteBytes: disk.bytesWritten,
      psiCpuSomeSeconds: null,
      psiIoFullSeconds: cpu.ioFullMs / 1000,
      psiMemoryFullSeconds: 0,
    };
  }

  #soft(): void {
    const atMs = this.#timeline.now;
    const { blind } = this.#disturbance;
    for (const { host, kind, server } of this.#site.servers) {
      for (const reading of server.read()) {
        if (blind?.host === host.name && blind.kind === reading.kind) continue;
        this.samples.soft.push({ ...reading, host: host.name, component: kind, atMs });
      }
    }
    this.samples.probes.push({ atMs, ms: (PROBE_MS / this.#weather.at(atMs)) * this.#chance.spread(0.01) });
  }
}
