import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { componentOf, type SoftReading } from '@loadstair/components';
import {
  placeHost,
  placeTopology,
  PORTS,
  type ComponentKind,
  type PlacedHost,
  type Placement,
  type Tier,
  type Topology,
} from '@loadstair/topology';
import { BudgetsImpossible, type Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';
import type { Driver, HostReading, HostsReading, HostStatus, RunningSite, StartOptions } from '../driver.ts';
import { burnerSpecs } from './burners.ts';
import { addDistance, distanceProxySpec } from './distance.ts';
import { startDns, type StartedDns } from './dns.ts';
import { groups, LAB_PARTS, type LabPart } from './groups.ts';
import { RunningHost } from './host.ts';
import { isolateClients, removeIsolation, type Isolation } from './isolation.ts';
import { cleanLeftovers } from './leftovers.ts';
import { checkFree } from './ports.ts';
import { processCpuSeconds, readMachine, residentBytes } from './read-machine.ts';
import { openHostLog, startInGroups, type SupervisedProcess } from './supervisor.ts';

/** Share of the machine the hosts may use together; the rest is for load, observer and system (design §4). */
const MAX_SHARE_OF_MACHINE = 0.75;

/** More budget than the machine has room for. */
export class OverCommitted extends Error {
  readonly what = 'This topology is too big for this machine.';
  readonly why: string;
  readonly do = 'use fewer or smaller hosts';
  readonly code = 'E_OVER_COMMITTED';
  readonly exit = 2;
  constructor(wanted: number, allowed: number) {
    super(`The hosts could use ${wanted.toFixed(2)} cores together; ${allowed.toFixed(2)} are allowed here.`);
    this.name = 'OverCommitted';
    this.why = this.message;
  }
}

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
  readonly #options: StartOptions;
  readonly #cgroups: Cgroups | null;
  #topology: Topology;
  readonly #folder: string;
  readonly #hosts = new Map<string, RunningHost>();
  readonly #labProcesses: SupervisedProcess[] = [];
  readonly #labPids = new Map<LabPart, number>();
  #placement: Placement;
  #nextNumber: number;
  readonly #nextOrdinal = new Map<string, number>();
  #dns: StartedDns | null = null;
  #isolation: Isolation = { state: 'off', reason: 'not started' };
  #budgetsOn = false;
  #stopped: Promise<void> | null = null;

  constructor(topology: Topology, options: StartOptions, cgroups: Cgroups | null) {
    this.#topology = topology;
    this.#options = options;
    this.#cgroups = cgroups;
    this.#folder = join(options.labFolder, 'instances', String(options.instance));
    this.#placement = placeTopology(topology, options);
    this.#nextNumber = this.#placement.hosts.length + 1;
    for (const tier of topology.tiers) this.#nextOrdinal.set(tier.name, tier.count + 1);
  }

  get placement(): Placement {
    return this.#placement;
  }

  get budgeted(): boolean {
    return this.#cgroups !== null && !this.#options.unbudgeted;
  }

  get isolation(): Isolation {
    return this.#isolation;
  }

  get url(): { named: string; direct: string } {
    const address = this.#placement.hosts.find((host) => host.publicAddress !== null)?.publicAddress ?? '';
    return { named: `http://${this.#placement.siteName}:${PORTS.http}`, direct: `http://${address}:${PORTS.http}` };
  }

  async start(signal: AbortSignal): Promise<void> {
    const { instance, tools } = this.#options;
    this.#checkRoom(this.#placement.hosts);
    mkdirSync(this.#folder, { recursive: true });
    if (this.#cgroups !== null) {
      await cleanLeftovers(this.#cgroups, instance, tools.nft);
      for (const part of LAB_PARTS) this.#cgroups.create(groups.lab(instance, part));
      this.#cgroups.setIdle(groups.lab(instance, 'burners'));
    }
    await checkFree(this.#neededPorts(), instance);
    this.#dns = await startDns(this.#placement.labAddress, PORTS.dns, this.#placement.siteName, () =>
      this.#placement.hosts.flatMap((host) => host.publicAddress ?? []),
    );
    writeFileSync(join(this.#folder, 'resolv.conf'), `nameserver ${this.#placement.labAddress}\noptions timeout:2 attempts:2\n`);
    this.#isolation = await isolateClients(tools.nft, this.#placement);
    const log = openHostLog(join(this.#folder, 'lab.log'), 'lab');
    const startLabProgram = (part: LabPart, spec: Parameters<typeof startInGroups>[0]): void => {
      const joinFiles = this.#cgroups?.joinFiles(groups.lab(instance, part)) ?? [];
      this.#labProcesses.push(
        startInGroups(spec, joinFiles, log, part, (detail) =>
          this.#options.onEvent({ atMs: Date.now(), host: part, kind: 'lab-program-died', detail }),
        ),
      );
    };
    if (this.#topology.tiers.some((tier) => tier.distanceMs > 0)) {
      if (tools.toxiproxy === undefined) throw new Error('A distance needs toxiproxy; ./lab doctor shows how to get it.');
      startLabProgram('proxies', distanceProxySpec(tools.toxiproxy, this.#placement, this.#folder));
      for (const host of this.#placement.hosts) await addDistance(this.#placement, host, signal);
    }
    // What others talk to starts first; hosts of one tier start together.
    for (const tier of this.#startOrder()) {
      const hosts = this.#placement.hosts.filter((host) => host.tier === tier.name).map((placed) => this.#newHost(placed));
      await Promise.all(hosts.map((host) => host.start(signal)));
    }
    if (this.#options.burners) for (const spec of burnerSpecs(this.#folder)) startLabProgram('burners', spec);
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
    const living = [...this.#hosts.values()].filter((host) => host.placed.tier === tierName && host.state !== 'stopped');
    if (count > living.length) {
      for (let index = living.length; index < count; index += 1) await this.#addHost(tier, signal);
      return;
    }
    for (const host of living.toReversed().slice(0, living.length - count)) await this.#removeHost(host, signal);
  }

  async resize(tierName: string, cpu: number): Promise<void> {
    const tier: Tier = { ...this.#tier(tierName), cpu };
    const sized = (host: PlacedHost): PlacedHost => (host.tier === tierName ? { ...host, tierSpec: { ...host.tierSpec, cpu } } : host);
    this.#checkRoom(this.#placement.hosts.map(sized));
    this.#topology = { ...this.#topology, tiers: this.#topology.tiers.map((one) => (one.name === tierName ? tier : one)) };
    this.#placement = { ...this.#placement, hosts: this.#placement.hosts.map(sized) };
    for (const host of this.#hosts.values()) {
      host.placed = sized(host.placed);
      if (this.#budgetsOn && !this.#options.unbudgeted) host.setBudget(true);
    }
  }

  async kill(name: string): Promise<void> {
    await this.#host(name).kill();
  }

  async replace(name: string, signal: AbortSignal): Promise<HostStatus> {
    const old = this.#host(name);
    const tier = this.#tier(old.placed.tier);
    if (!this.#isSpreadOver(tier) && !tier.components.some((kind) => componentOf(kind).keepsData === true)) {
      return this.#startAnew(old, signal);
    }
    this.#checkScalable(tier);
    const fresh = await this.#addHost(tier, signal);
    await this.#removeHost(old, signal);
    old.emit('replaced', `by ${fresh.placed.name}`);
    return fresh.status();
  }

  read(): HostsReading {
    const lab = Object.fromEntries(LAB_PARTS.map((part) => [part, this.#labCpuSeconds(part)]));
    return {
      atMs: Date.now(),
      hosts: [...this.#hosts.values()].filter((host) => host.state !== 'stopped').flatMap((host) => this.#readHost(host) ?? []),
      machine: readMachine(),
      lab,
    };
  }

  memoryOfParts(): Record<string, number> {
    return Object.fromEntries(
      LAB_PARTS.map((part) => {
        const own = this.#labPids.get(part);
        const pids = this.#cgroups?.processes(groups.lab(this.#options.instance, part)) ?? (own === undefined ? [] : [own]);
        return [part, pids.reduce((sum, pid) => sum + residentBytes(pid), 0)] as const;
      }),
    );
  }

  async readSoft(): Promise<readonly (SoftReading & { readonly host: string; readonly component: ComponentKind })[]> {
    const living = [...this.#hosts.values()].filter((host) => host.state === 'up' || host.state === 'draining');
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

  clientCommand(command: string, args: readonly string[]): { command: string; args: string[] } {
    const join_ = (this.#cgroups?.joinFiles(groups.lab(this.#options.instance, 'clients')) ?? []).map((file) => `echo $$ > '${file}'`);
    const ownDns = `mount --bind '${join(this.#folder, 'resolv.conf')}' /etc/resolv.conf`;
    const script = [...join_, ownDns, 'exec "$@"'].join(' && ');
    return { command: 'unshare', args: ['--mount', '--propagation', 'private', '/bin/sh', '-c', script, 'sh', command, ...args] };
  }

  adopt(part: LabPart, pid: number): void {
    this.#labPids.set(part, pid);
    for (const file of this.#cgroups?.joinFiles(groups.lab(this.#options.instance, part)) ?? []) writeFileSync(file, String(pid));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async #end(): Promise<void> {
    const order = this.#startOrder().toReversed();
    for (const tier of order) {
      await Promise.all([...this.#hosts.values()].filter((host) => host.placed.tier === tier.name).map((host) => host.stop()));
    }
    await Promise.all(this.#labProcesses.map((one) => one.stop('SIGKILL', 0)));
    await this.#dns?.stop();
    if (this.#cgroups !== null) {
      this.#releaseOurselves(this.#cgroups);
      await cleanLeftovers(this.#cgroups, this.#options.instance, this.#options.tools.nft);
    } else {
      await removeIsolation(this.#options.tools.nft, this.#options.instance);
    }
  }

  /** labd moves itself back to the root groups, so that its own group can go. */
  #releaseOurselves(cgroups: Cgroups): void {
    for (const file of cgroups.joinFiles('.')) {
      try {
        writeFileSync(file, String(process.pid));
      } catch {
        // Where the root group takes no processes, the group stays until labd ends and the next start removes it.
      }
    }
  }

  async #addHost(tier: Tier, signal: AbortSignal): Promise<RunningHost> {
    const ordinal = this.#nextOrdinal.get(tier.name) ?? 1;
    const placed = placeHost(this.#placement, this.#options.labFolder, tier, ordinal, this.#nextNumber);
    this.#checkRoom([...[...this.#hosts.values()].filter((host) => host.state === 'up').map((host) => host.placed), placed]);
    this.#nextOrdinal.set(tier.name, ordinal + 1);
    this.#nextNumber += 1;
    const host = this.#newHost(placed);
    try {
      await addDistance(this.#placement, placed, signal);
      await host.start(signal);
      if (this.#budgetsOn && !this.#options.unbudgeted) host.setBudget(true);
      this.#placement = { ...this.#placement, hosts: [...this.#placement.hosts, placed] };
      await this.#tellPeers(signal);
      return host;
    } catch (error) {
      this.#hosts.delete(placed.name);
      this.#placement = { ...this.#placement, hosts: this.#placement.hosts.filter((one) => one !== placed) };
      await host.stop();
      throw error;
    }
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
      for (const peer of this.#peersThatDrain()) await componentOf(peer.kind).drain?.(peer.host.context(), host.placed, signal);
    }
    this.#placement = { ...this.#placement, hosts: this.#placement.hosts.filter((one) => one.name !== host.placed.name) };
    await this.#tellPeers(signal);
    await host.stop();
    this.#hosts.delete(host.placed.name);
  }

  async #tellPeers(signal: AbortSignal): Promise<void> {
    for (const { host, kind } of this.#peersThatDrain()) await componentOf(kind).membersChanged?.(host.context(), signal);
  }

  /** Components that spread work over others and want to know of changes. */
  #peersThatDrain(): { host: RunningHost; kind: ComponentKind }[] {
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
    const callers = this.#topology.links.filter((link) => link.to === tier.name).map((link) => link.from);
    return this.#topology.tiers.some(
      (one) => callers.includes(one.name) && one.components.some((kind) => componentOf(kind).membersChanged !== undefined),
    );
  }

  #newHost(placed: PlacedHost): RunningHost {
    const host = new RunningHost(placed, this.#options, this.#cgroups, () => this.#placement);
    this.#hosts.set(placed.name, host);
    return host;
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

  #startOrder(): Tier[] {
    const left = [...this.#topology.tiers];
    const order: Tier[] = [];
    while (left.length > 0) {
      const waits = (tier: Tier): boolean =>
        this.#topology.links.some((link) => link.from === tier.name && left.some((one) => one.name === link.to && one !== tier));
      const next = left.findIndex((tier) => !waits(tier));
      order.push(...left.splice(next === -1 ? 0 : next, 1));
    }
    return order;
  }

  #checkRoom(hosts: readonly PlacedHost[]): void {
    const wanted = hosts.reduce((sum, host) => sum + host.tierSpec.cpu * this.#options.coresPerLabCpu, 0);
    const allowed = MAX_SHARE_OF_MACHINE * availableParallelism();
    if (wanted > allowed) throw new OverCommitted(wanted, allowed);
  }

  #neededPorts(): { address: string; port: number }[] {
    const { labAddress, hosts } = this.#placement;
    const served: Readonly<Record<ComponentKind, number>> = { site: PORTS.http, haproxy: PORTS.http, postgres: PORTS.postgres };
    return [
      { address: labAddress, port: PORTS.otlp },
      { address: labAddress, port: PORTS.prometheus },
      ...hosts.flatMap((host) =>
        host.tierSpec.components.flatMap((kind) =>
          [host.address, ...(host.publicAddress === null ? [] : [host.publicAddress])].map((address) => ({ address, port: served[kind] })),
        ),
      ),
    ];
  }

  #readHost(host: RunningHost): HostReading | null {
    const { placed } = host;
    const empty = { host: placed.name, tier: placed.tier };
    if (this.#cgroups === null) {
      const cpuSeconds = host.pids().reduce((sum, pid) => sum + processCpuSeconds(pid), 0);
      return {
        ...empty,
        cpuSeconds,
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
      };
    }
    if (!this.#cgroups.exists(host.group)) return null;
    const { instance, coresPerLabCpu } = this.#options;
    const cgroups = this.#cgroups;
    const byComponent = placed.tierSpec.components.flatMap((kind) => {
      const group = groups.component(instance, placed.name, kind);
      return cgroups.exists(group) ? [[kind, cgroups.cpuSeconds(group)] as const] : [];
    });
    return {
      ...empty,
      ...cgroups.read(host.group),
      cpuSecondsByComponent: Object.fromEntries(byComponent),
      quotaCores: this.#budgetsOn && this.budgeted ? placed.tierSpec.cpu * coresPerLabCpu : null,
      memoryLimitBytes: placed.tierSpec.memoryMiB * 2 ** 20,
    };
  }

  #labCpuSeconds(part: LabPart): number {
    if (this.#cgroups !== null) {
      const group = groups.lab(this.#options.instance, part);
      return this.#cgroups.exists(group) ? this.#cgroups.cpuSeconds(group) : 0;
    }
    const pid = this.#labPids.get(part);
    return pid === undefined ? 0 : processCpuSeconds(pid);
  }
}

/** A tier whose number of hosts cannot change while it runs. */
export class CannotScale extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_CANNOT_SCALE';
  readonly exit = 2;
  constructor(tier: string, topology: Topology) {
    const names = topology.tiers.map((one) => one.name);
    super(`Tier ${tier} cannot be changed while stage ${topology.stage} runs.`);
    this.name = 'CannotScale';
    this.what = this.message;
    this.why = names.includes(tier) ? 'nothing spreads work over its hosts' : `tiers are ${names.join(', ')}`;
    this.do = `./lab run ${topology.stage} --set ${names.includes(tier) ? tier : (names[0] ?? 'web')}.count=2`;
  }
}
