import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { componentOf, type ProcessSpec, type SoftReading } from '@loadstair/components';
import { declarations } from '@loadstair/components/declarations';
import { offeredIn, type Capability, type Databases } from '@loadstair/operations';
import {
  applyLive,
  applySettings,
  databaseGroups,
  PORTS,
  roleOf,
  siteHost,
  type ComponentKind,
  type Placement,
  type Topology,
} from '@loadstair/topology';
import { BudgetsImpossible, type Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';
import type { ClientCommand, Driver, HostsReading, HostStatus, LabProgram, RunningSite, StartOptions } from '../driver.ts';
import { createDatabases, TakesWrites } from './databases.ts';
import { Fleet } from './fleet.ts';
import type { LabPart } from './groups.ts';
import { makeHousehold, type Household } from './household.ts';
import type { Isolation } from './isolation.ts';
import { LabPrograms } from './lab-programs.ts';
import { checkFree, neededPlaces } from './ports.ts';
import { readHost } from './read-host.ts';
import { readMachine } from './read-machine.ts';
import { checkRoom } from './room.ts';
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
  readonly #folder: string;
  readonly #household: Household;
  readonly #programs: LabPrograms;
  readonly #fleet: Fleet;
  #stopped: Promise<void> | null = null;

  constructor(topology: Topology, options: StartOptions, cgroups: Cgroups | null) {
    this.#options = options;
    this.#cgroups = cgroups;
    this.#folder = join(options.labFolder, 'instances', String(options.instance));
    this.#household = makeHousehold(options, () => this.isolation.state === 'on');
    this.#programs = new LabPrograms(options, cgroups, this.#household, this.#folder);
    this.#fleet = new Fleet(topology, options, cgroups, this.#household, (placement, signal) => this.#programs.follow(placement, signal));
    this.databases = this.#databases();
  }

  get placement(): Placement {
    return this.#fleet.placement;
  }

  get budgeted(): boolean {
    return this.#cgroups !== null && !this.#options.unbudgeted;
  }

  get isolation(): Isolation {
    return this.#programs.isolation;
  }

  get url(): { named: string; direct: string } {
    const address = siteHost(this.#fleet.placement)?.publicAddress ?? '';
    return { named: `http://${this.#fleet.placement.siteName}:${PORTS.http}`, direct: `http://${address}:${PORTS.http}` };
  }

  async start(signal: AbortSignal): Promise<void> {
    checkRoom(this.#fleet.placement.hosts, this.#options.coresPerLabCpu);
    checkSpace(this.#options.labFolder, this.#fleet.placement.hosts);
    await this.#programs.prepare();
    await checkFree(neededPlaces(this.#fleet.placement), this.#options.instance);
    // What hosts of a site before kept: databases are big.
    for (const left of ['hosts', 'kept']) await rm(join(this.#folder, left), { recursive: true, force: true });
    await this.#programs.start(
      () => this.#fleet.placement,
      ({ name }) => this.#fleet.isUp(name),
      signal,
    );
    await this.#fleet.start(signal);
  }

  capability<Offer>(wanted: Capability<Offer>): Offer | null {
    const offers = siteOffers({
      machines: this,
      databases: this.databases,
      placement: () => this.#fleet.placement,
      siteUrl: () => this.url.direct,
      contexts: (kind) => this.#fleet.living(kind).map((host) => host.context()),
    });
    return offeredIn(offers, wanted);
  }

  hosts(): HostStatus[] {
    return this.#fleet.hosts().map((host) => host.status());
  }

  async applyBudgets(): Promise<void> {
    this.#fleet.setBudgets(true);
  }

  async liftBudgets(): Promise<void> {
    this.#fleet.setBudgets(false);
  }

  async scale(tierName: string, count: number, signal: AbortSignal): Promise<void> {
    const tier = this.#fleet.tier(tierName);
    this.#fleet.checkScalable(tier);
    // A dead host serves nobody: it does not count, and stays until it is replaced.
    const living = this.#fleet.hosts().filter((host) => host.placed.tier === tierName && host.state === 'up');
    if (count > living.length) {
      for (let index = living.length; index < count; index += 1) await this.#fleet.add(tier, signal);
      return;
    }
    const removable = living.filter((host) => roleOf(this.#fleet.placement, host.placed) !== 'primary').toReversed();
    for (const host of removable.slice(0, living.length - count)) await this.#fleet.remove(host, signal);
  }

  async resize(tierName: string, cpu: number): Promise<void> {
    const { topology } = this.#fleet;
    this.#fleet.adopt(applySettings(topology, [`${this.#fleet.tier(tierName).name}.cpu=${cpu}`], declarations));
    if (this.#fleet.budgetsOn) this.#fleet.setBudgets(true);
  }

  async set(settings: readonly string[], signal: AbortSignal): Promise<void> {
    this.#fleet.adopt(applyLive(this.#fleet.topology, settings, declarations));
    await this.#fleet.tellPeers(signal);
  }

  async clear(tierName: string): Promise<void> {
    const living = this.#fleet.hosts().filter((host) => host.placed.tier === tierName && host.state === 'up');
    for (const host of living) {
      for (const kind of host.placed.tierSpec.components) await componentOf(kind).cache?.clear(host.context());
    }
  }

  async kill(name: string): Promise<void> {
    await this.#fleet.host(name).kill();
  }

  async replace(name: string, signal: AbortSignal): Promise<HostStatus> {
    const old = this.#fleet.host(name);
    const tier = this.#fleet.tier(old.placed.tier);
    const role = roleOf(this.#fleet.placement, old.placed);
    if (role === 'primary') throw new TakesWrites(name);
    const onlyOne = role === null && tier.components.some((kind) => componentOf(kind).declaration.keepsData);
    if (!this.#fleet.isSpreadOver(tier) && !onlyOne) return this.#fleet.startAnew(old, signal);
    this.#fleet.checkScalable(tier);
    const fresh = await this.#fleet.add(tier, signal);
    await this.#fleet.remove(old, signal);
    old.emit('replaced', `by ${fresh.placed.name}`);
    return fresh.status();
  }

  read(): HostsReading {
    const living = this.#fleet.hosts().filter((host) => host.state !== 'stopped');
    return {
      atMs: Date.now(),
      hosts: living.flatMap((host) => readHost(host, this.#cgroups, this.#options, this.#fleet.budgetsOn && this.budgeted) ?? []),
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
    const living = this.#fleet.hosts().filter((host) => host.state === 'up' || host.state === 'draining');
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
    return this.#fleet.host(name).logFile;
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
    await this.#fleet.stop();
    await this.#programs.stop();
    // Databases are big, and nobody reads them again; logs say why something ended.
    for (const host of this.#fleet.hosts()) await host.removeData();
    await rm(join(this.#folder, 'kept'), { recursive: true, force: true });
  }

  #databases(): Map<string, Databases> {
    const groups = databaseGroups(this.#fleet.topology).filter(({ followers }) => followers.length > 0);
    return new Map(
      groups.map((group) => [
        group.name,
        createDatabases(group, {
          placement: () => this.#fleet.placement,
          hosts: () => this.#fleet.hosts(),
          keepIn: join(this.#folder, 'kept'),
          becomePrimary: (name, signal) => this.#fleet.promote(group.name, name, signal),
          startAnew: async (host, signal) => void (await this.#fleet.startAnew(host, signal)),
        }),
      ]),
    );
  }
}
