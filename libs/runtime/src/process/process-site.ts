import { join } from 'node:path';
import { componentOf, type ComponentContext, type Plan, type ProcessSpec, type SoftReading } from '@loadstair/components';
import { declarations } from '@loadstair/components/declarations';
import { offeredIn, Refused, type Capability, type Databases, type Power } from '@loadstair/operations';
import {
  applyLive,
  applySettings,
  databaseGroups,
  PORTS,
  roleOf,
  siteHost,
  type ComponentKind,
  type PlacedHost,
  type Placement,
} from '@loadstair/topology';
import type { Cgroups } from '../budgets/cgroups.ts';
import type { ClientCommand, HostsReading, HostStatus, LabProgram, RunningSite, StartOptions } from '../driver.ts';
import { createDatabases, TakesWrites } from './databases.ts';
import { Fleet } from './fleet.ts';
import type { LabPart } from './groups.ts';
import type { HostGround } from './host.ts';
import type { Isolation } from './isolation.ts';
import type { LabPrograms } from './lab-programs.ts';
import { readHost } from './read-host.ts';
import { readMachine } from './read-machine.ts';
import type { Silence } from './silence.ts';
import { siteOffers } from './site-offers.ts';

/** The hosts of one site, as they run. */
export class ProcessSite implements RunningSite {
  readonly databases: ReadonlyMap<string, Databases>;
  readonly #options: StartOptions;
  readonly #cgroups: Cgroups | null;
  readonly #folder: string;
  readonly #silence: Silence;
  readonly #programs: LabPrograms;
  readonly #fleet: Fleet;

  /** @param folder the instance's own folder */
  constructor(plan: Plan, ground: HostGround, programs: LabPrograms, folder: string) {
    this.#options = ground.options;
    this.#cgroups = ground.cgroups;
    this.#folder = folder;
    this.#silence = ground.household.silence;
    this.#programs = programs;
    this.#fleet = new Fleet(plan, ground, (placement, signal) => programs.follow(placement, signal));
    this.databases = this.#databases();
  }

  get placement(): Placement {
    return this.#fleet.placement;
  }

  get budgeted(): boolean {
    return this.#cgroups !== null && !this.#options.unbudgeted;
  }

  get budgets(): 'on' | 'lifted' | 'off' {
    if (!this.budgeted) return 'off';
    return this.#fleet.budgetsOn ? 'on' : 'lifted';
  }

  get isolation(): Isolation {
    return this.#programs.isolation;
  }

  get url(): { named: string; direct: string } {
    const address = siteHost(this.#fleet.placement)?.publicAddress ?? '';
    return { named: `http://${this.#fleet.placement.siteName}:${PORTS.http}`, direct: `http://${address}:${PORTS.http}` };
  }

  async start(signal: AbortSignal): Promise<void> {
    await this.#programs.start(
      () => this.#fleet.placement,
      ({ name }) => this.#fleet.isUp(name),
      signal,
    );
    await Promise.all([this.#fleet.start(signal), this.#silence.tryOut(this.placement)]);
  }

  capability<Offer>(wanted: Capability<Offer>): Offer | null {
    const offers = siteOffers({
      machines: this,
      power: this.#power,
      databases: this.databases,
      placement: () => this.#fleet.placement,
      siteUrl: () => this.url.direct,
      contexts: (kind) => this.#fleet.living(kind).map((host) => host.context()),
    });
    return offeredIn(offers, wanted);
  }

  /** Null where no host can be made silent. */
  get #power(): Power | null {
    if (!this.#silence.possible) return null;
    return { lose: (name) => this.#fleet.host(name).losePower(), destroy: (name) => this.#fleet.host(name).destroy() };
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
    await this.#fleet.change(applyLive(this.#fleet.topology, settings, declarations), signal);
  }

  async clear(names: readonly string[]): Promise<string[]> {
    const living = this.#fleet.hosts().filter((host) => names.includes(host.placed.name) && host.state === 'up');
    const cleared: string[] = [];
    for (const host of living) {
      const caches = host.placed.tierSpec.components.flatMap((kind) => componentOf(kind).cache ?? []);
      for (const cache of caches) await cache.clear(host.context());
      if (caches.length > 0) cleared.push(host.placed.name);
    }
    return cleared;
  }

  async crash(name: string): Promise<void> {
    await this.#fleet.host(name).crash();
  }

  async powerOn(name: string, signal: AbortSignal): Promise<void> {
    const dead = this.#fleet.host(name);
    if (dead.state !== 'down') throw new Refused({ what: `${name} is not dead.`, why: `it is ${dead.state}` });
    if (dead.diskGone)
      throw new Refused({ what: `${name} cannot start again.`, why: 'it was destroyed with its disk; replace it instead' });
    await this.#fleet.startAnew(dead, signal, 'used');
    await this.#fleet.tellPeers(signal);
  }

  async replace(name: string, signal: AbortSignal): Promise<HostStatus> {
    const old = this.#fleet.host(name);
    const tier = this.#fleet.tier(old.placed.tier);
    const role = roleOf(this.#fleet.placement, old.placed);
    if (role === 'primary') throw new TakesWrites(name);
    // What was destroyed cannot be lost once more.
    const onlyOne = role === null && !old.diskGone && tier.components.some((kind) => componentOf(kind).declaration.keepsData);
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
      hosts: living.flatMap((host) => readHost(host, this.#cgroups, this.#options) ?? []),
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
    const contextOf = ({ name }: PlacedHost): ComponentContext | null =>
      living.find(({ placed }) => placed.name === name)?.context() ?? null;
    const reads = living.flatMap((host) =>
      host.placed.tierSpec.components.map(async (component) => {
        // A component that cannot be read leaves a gap, which the validity gate counts.
        const readings = await componentOf(component)
          .metrics.read(host.context(), contextOf)
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

  endHosts(): Promise<void> {
    return this.#fleet.stop();
  }

  /** What ended hosts kept, but their logs. */
  async removeData(): Promise<void> {
    for (const host of this.#fleet.hosts()) await host.removeData();
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
