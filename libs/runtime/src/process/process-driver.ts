import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { componentOf, type ProcessSpec, type SoftReading } from '@loadstair/components';
import { declarationOf, declarations } from '@loadstair/components/declarations';
import { offeredIn, type Capability, type Databases } from '@loadstair/operations';
import {
  applyLive,
  applySettings,
  databaseGroups,
  HostNumbers,
  placeHost,
  placeTopology,
  PORTS,
  roleOf,
  siteHost,
  startOrder,
  type ComponentKind,
  type PlacedHost,
  type Placement,
  type Tier,
  type Topology,
} from '@loadstair/topology';
import { BudgetsImpossible, type Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';
import type { ClientCommand, Driver, HostsReading, HostStatus, LabProgram, RunningSite, StartOptions } from '../driver.ts';
import { createDatabases, forgetData, TakesWrites } from './databases.ts';
import type { LabPart } from './groups.ts';
import { RunningHost } from './host.ts';
import { makeHousehold, type Household } from './household.ts';
import type { Isolation } from './isolation.ts';
import { LabPrograms } from './lab-programs.ts';
import { checkFree, neededPlaces } from './ports.ts';
import { readHost } from './read-host.ts';
import { readMachine } from './read-machine.ts';
import { CannotScale, checkRoom } from './room.ts';
import { checkSpace } from './space.ts';
import { siteOffers } from './site-offers.ts';

/** Hosts as control groups with addresses of their own, on this Linux machine. */
export function createProcessDriver(): Driver {
  return {
    async start(topology, options, signal) {
      const site = new ProcessSite(topology, options, await budgets(options));
      try {
        await site.start(signal);
        return site;
      } catch (error) {
        await site.stop();
        throw error;
      }
    },
  };
}

async function budgets(options: StartOptions): Promise<Cgroups | null> {
  try {
    return await detectCgroups();
  } catch (error) {
    if (error instanceof BudgetsImpossible && options.unbudgeted) return null;
    throw error;
  }
}

class ProcessSite implements RunningSite {
  readonly databases: ReadonlyMap<string, Databases>;
  readonly #options: StartOptions;
  readonly #cgroups: Cgroups | null;
  #topology: Topology;
  readonly #folder: string;
  readonly #household: Household;
  readonly #programs: LabPrograms;
  readonly #hosts = new Map<string, RunningHost>();
  #placement: Placement;
  readonly #numbers: HostNumbers;
  readonly #nextOrdinal = new Map<string, number>();
  #budgetsOn = false;
  #stopped: Promise<void> | null = null;

  constructor(topology: Topology, options: StartOptions, cgroups: Cgroups | null) {
    this.#topology = topology;
    this.#options = options;
    this.#cgroups = cgroups;
    this.#folder = join(options.labFolder, 'instances', String(options.instance));
    this.#household = makeHousehold(options, () => this.isolation.state === 'on');
    this.#programs = new LabPrograms(options, cgroups, this.#household, this.#folder);
    this.#placement = placeTopology(topology, options);
    this.#numbers = new HostNumbers(this.#placement.hosts.map(({ number }) => number));
    for (const tier of topology.tiers) this.#nextOrdinal.set(tier.name, tier.count + 1);
    this.databases = this.#databases();
  }

  get placement(): Placement {
    return this.#placement;
  }

  get budgeted(): boolean {
    return this.#cgroups !== null && !this.#options.unbudgeted;
  }

  get isolation(): Isolation {
    return this.#programs.isolation;
  }

  get url(): { named: string; direct: string } {
    const address = siteHost(this.#placement)?.publicAddress ?? '';
    return { named: `http://${this.#placement.siteName}:${PORTS.http}`, direct: `http://${address}:${PORTS.http}` };
  }

  async start(signal: AbortSignal): Promise<void> {
    checkRoom(this.#placement.hosts, this.#options.coresPerLabCpu);
    checkSpace(this.#options.labFolder, this.#placement.hosts);
    await this.#programs.prepare();
    await checkFree(neededPlaces(this.#placement), this.#options.instance);
    // What hosts of a site before kept: databases are big.
    for (const left of ['hosts', 'kept']) await rm(join(this.#folder, left), { recursive: true, force: true });
    await this.#programs.start(
      () => this.#placement,
      ({ name }) => this.#hosts.get(name)?.state === 'up',
      signal,
    );
    // Hosts of one tier start together.
    for (const tier of startOrder(this.#topology)) {
      const hosts = this.#placement.hosts.filter((host) => host.tier === tier.name).map((placed) => this.#newHost(placed));
      await Promise.all(hosts.map((host) => host.start(signal)));
    }
  }

  capability<Offer>(wanted: Capability<Offer>): Offer | null {
    const offers = siteOffers({
      machines: this,
      databases: this.databases,
      placement: () => this.#placement,
      siteUrl: () => this.url.direct,
      contexts: (kind) => this.#living(kind).map((host) => host.context()),
    });
    return offeredIn(offers, wanted);
  }

  hosts(): HostStatus[] {
    return [...this.#hosts.values()].map((host) => host.status());
  }

  async applyBudgets(): Promise<void> {
    this.#budgetsOn = true;
    if (this.#options.unbudgeted) return;
    for (const host of this.#hosts.values()) host.setBudget(true);
  }

  async liftBudgets(): Promise<void> {
    this.#budgetsOn = false;
    for (const host of this.#hosts.values()) host.setBudget(false);
  }

  async scale(tierName: string, count: number, signal: AbortSignal): Promise<void> {
    const tier = this.#tier(tierName);
    this.#checkScalable(tier);
    // A dead host serves nobody: it does not count, and stays until it is replaced.
    const living = [...this.#hosts.values()].filter((host) => host.placed.tier === tierName && host.state === 'up');
    if (count > living.length) {
      for (let index = living.length; index < count; index += 1) await this.#addHost(tier, signal);
      return;
    }
    const removable = living.filter((host) => roleOf(this.#placement, host.placed) !== 'primary').toReversed();
    for (const host of removable.slice(0, living.length - count)) await this.#removeHost(host, signal);
  }

  async resize(tierName: string, cpu: number): Promise<void> {
    const topology = applySettings(this.#topology, [`${this.#tier(tierName).name}.cpu=${cpu}`], declarations);
    checkRoom(
      this.#placement.hosts.map((host) => asOf(topology, host)),
      this.#options.coresPerLabCpu,
    );
    this.#adopt(topology);
    if (this.#budgetsOn && !this.#options.unbudgeted) for (const host of this.#hosts.values()) host.setBudget(true);
  }

  async set(settings: readonly string[], signal: AbortSignal): Promise<void> {
    this.#adopt(applyLive(this.#topology, settings, declarations));
    await this.#tellPeers(signal);
  }

  async clear(tierName: string): Promise<void> {
    const living = [...this.#hosts.values()].filter((host) => host.placed.tier === tierName && host.state === 'up');
    for (const host of living) {
      for (const kind of host.placed.tierSpec.components) await componentOf(kind).cache?.clear(host.context());
    }
  }

  async kill(name: string): Promise<void> {
    await this.#host(name).kill();
  }

  async replace(name: string, signal: AbortSignal): Promise<HostStatus> {
    const old = this.#host(name);
    const tier = this.#tier(old.placed.tier);
    const role = roleOf(this.#placement, old.placed);
    if (role === 'primary') throw new TakesWrites(name);
    const onlyOne = role === null && tier.components.some((kind) => componentOf(kind).declaration.keepsData);
    if (!this.#isSpreadOver(tier) && !onlyOne) return this.#startAnew(old, signal);
    this.#checkScalable(tier);
    const fresh = await this.#addHost(tier, signal);
    await this.#removeHost(old, signal);
    old.emit('replaced', `by ${fresh.placed.name}`);
    return fresh.status();
  }

  read(): HostsReading {
    const living = [...this.#hosts.values()].filter((host) => host.state !== 'stopped');
    return {
      atMs: Date.now(),
      hosts: living.flatMap((host) => readHost(host, this.#cgroups, this.#options, this.#budgetsOn && this.budgeted) ?? []),
      machine: readMachine(),
      lab: this.#programs.cpuSeconds(),
    };
  }

  burn(): void {
    this.#programs.burn();
  }

  rest(): Promise<void> {
    return this.#programs.rest();
  }

  memoryOfParts(): Record<string, number> {
    return this.#programs.memory();
  }

  async readSoft(): Promise<readonly (SoftReading & { readonly host: string; readonly component: ComponentKind })[]> {
    const living = [...this.#hosts.values()].filter((host) => host.state === 'up' || host.state === 'draining');
    // A server may lose one process of many and live on.
    for (const host of living) host.noticeOutOfMemory();
    const reads = living.flatMap((host) =>
      host.placed.tierSpec.components.map(async (component) => {
        // A component that cannot be read leaves a gap, which the validity gate counts.
        const readings = await componentOf(component)
          .metrics.read(host.context())
          .catch(() => []);
        return readings.map((reading) => ({ ...reading, host: host.placed.name, component }));
      }),
    );
    return (await Promise.all(reads)).flat();
  }

  logFile(name: string): string {
    return this.#host(name).logFile;
  }

  clientCommand(command: string, args: readonly string[]): ClientCommand {
    return this.#programs.clientCommand(command, args);
  }

  userOf(part: LabPart): number | null {
    return this.#programs.userOf(part);
  }

  startProgram(part: LabPart, spec: ProcessSpec, onDeath: (detail: string) => void): LabProgram {
    return this.#programs.startProgram(part, spec, onDeath);
  }

  stop(): Promise<void> {
    // What could not be ended may end when it is tried again.
    this.#stopped ??= this.#end().catch((error: unknown) => {
      this.#stopped = null;
      throw error;
    });
    return this.#stopped;
  }

  async #end(): Promise<void> {
    for (const tier of startOrder(this.#topology).toReversed()) {
      await Promise.all([...this.#hosts.values()].filter((host) => host.placed.tier === tier.name).map((host) => host.stop()));
    }
    await this.#programs.stop();
    // Databases are big, and nobody reads them again; logs say why something ended.
    for (const host of this.#hosts.values()) await host.removeData();
    await rm(join(this.#folder, 'kept'), { recursive: true, force: true });
  }

  async #addHost(tier: Tier, signal: AbortSignal): Promise<RunningHost> {
    const ordinal = this.#nextOrdinal.get(tier.name) ?? 1;
    const number = this.#numbers.take();
    const placed = placeHost(this.#placement, this.#options.labFolder, tier, ordinal, number);
    const living = [...this.#hosts.values()].filter((host) => host.state === 'up').map((host) => host.placed);
    try {
      checkRoom([...living, placed], this.#options.coresPerLabCpu);
    } catch (error) {
      this.#numbers.giveBack(number);
      throw error;
    }
    this.#nextOrdinal.set(tier.name, ordinal + 1);
    const host = this.#newHost(placed);
    try {
      // It is reached, and reaches others, as it starts; names stand for it and peers ask it afterwards.
      await this.#programs.follow({ ...this.#placement, hosts: [...this.#placement.hosts, placed] }, signal);
      await host.start(signal);
      if (this.#budgetsOn && !this.#options.unbudgeted) host.setBudget(true);
      this.#placement = { ...this.#placement, hosts: [...this.#placement.hosts, placed] };
      await this.#tellPeers(signal);
      return host;
    } catch (error) {
      this.#forget(host);
      await host.stop();
      throw error;
    }
  }

  /** A host that is no more: nobody is told of it, and its number is free some time later. */
  #forget({ placed }: RunningHost): void {
    this.#hosts.delete(placed.name);
    this.#placement = { ...this.#placement, hosts: this.#placement.hosts.filter((one) => one.name !== placed.name) };
    this.#numbers.giveBack(placed.number);
  }

  /** The same host again, empty: what else could be reached at its address? */
  async #startAnew(old: RunningHost, signal: AbortSignal): Promise<HostStatus> {
    await old.stop();
    old.emit('replaced', 'by itself, started anew');
    const fresh = this.#newHost(old.placed);
    await fresh.start(signal);
    if (this.#budgetsOn && !this.#options.unbudgeted) fresh.setBudget(true);
    return fresh.status();
  }

  async #removeHost(host: RunningHost, signal: AbortSignal): Promise<void> {
    if (host.state === 'up') {
      host.markDraining();
      for (const peer of this.#peers()) await componentOf(peer.kind).drain?.(peer.host.context(), host.placed, signal);
    }
    this.#placement = { ...this.#placement, hosts: this.#placement.hosts.filter((one) => one.name !== host.placed.name) };
    await this.#tellPeers(signal);
    await host.stop();
    await forgetData(host);
    this.#forget(host);
    await this.#programs.follow(this.#placement, signal);
  }

  async #tellPeers(signal: AbortSignal): Promise<void> {
    for (const { host, kind } of this.#peers()) await componentOf(kind).membersChanged?.(host.context(), signal);
  }

  /** Components that want to know of changes. */
  #peers(): { host: RunningHost; kind: ComponentKind }[] {
    return [...this.#hosts.values()]
      .filter((host) => host.state === 'up')
      .flatMap((host) =>
        host.placed.tierSpec.components.filter((kind) => componentOf(kind).membersChanged !== undefined).map((kind) => ({ host, kind })),
      );
  }

  /** Only a tier that somebody spreads work over can change while it runs. */
  #checkScalable(tier: Tier): void {
    if (!this.#isSpreadOver(tier)) throw new CannotScale(tier.name, this.#topology);
  }

  #isSpreadOver(tier: Tier): boolean {
    const { links, tiers } = this.#topology;
    return links
      .filter((link) => link.to === tier.name)
      .some((link) => {
        const kinds = tiers.find((one) => one.name === link.from)?.components ?? [];
        return kinds.some((kind) => declarationOf(kind).spreadsOver(link, this.#topology));
      });
  }

  #databases(): Map<string, Databases> {
    const groups = databaseGroups(this.#topology).filter(({ followers }) => followers.length > 0);
    return new Map(
      groups.map((group) => [
        group.name,
        createDatabases(group, {
          placement: () => this.#placement,
          hosts: () => [...this.#hosts.values()],
          keepIn: join(this.#folder, 'kept'),
          becomePrimary: async (name, signal) => {
            this.#placement = { ...this.#placement, primaries: { ...this.#placement.primaries, [group.name]: name } };
            await this.#tellPeers(signal);
          },
          startAnew: async (host, signal) => void (await this.#startAnew(host, signal)),
        }),
      ]),
    );
  }

  /** Another size or other settings of tiers, for hosts that run too. */
  #adopt(topology: Topology): void {
    this.#topology = topology;
    this.#placement = { ...this.#placement, topology, hosts: this.#placement.hosts.map((host) => asOf(topology, host)) };
    for (const host of this.#hosts.values()) host.placed = asOf(topology, host.placed);
  }

  #newHost(placed: PlacedHost): RunningHost {
    const host = new RunningHost(placed, this.#options, this.#cgroups, this.#household, () => this.#placement);
    this.#hosts.set(placed.name, host);
    return host;
  }

  #living(kind: ComponentKind): RunningHost[] {
    return [...this.#hosts.values()].filter((host) => host.state === 'up' && host.placed.tierSpec.components.includes(kind));
  }

  #host(name: string): RunningHost {
    const host = this.#hosts.get(name);
    if (host === undefined) throw new Error(`Unknown host ${name}. Hosts are ${[...this.#hosts.keys()].join(', ')}.`);
    return host;
  }

  #tier(name: string): Tier {
    const tier = this.#topology.tiers.find((one) => one.name === name);
    if (tier === undefined) throw new CannotScale(name, this.#topology);
    return tier;
  }
}

/** A host as its tier is in a topology. */
function asOf(topology: Topology, host: PlacedHost): PlacedHost {
  return { ...host, tierSpec: topology.tiers.find((tier) => tier.name === host.tier) ?? host.tierSpec };
}
