import { componentOf, planHost, type Plan, type PlannedHost } from '@loadstair/components';
import { declarationOf } from '@loadstair/components/declarations';
import {
  HostNumbers,
  placeHost,
  startOrder,
  type ComponentKind,
  type PlacedHost,
  type Placement,
  type Tier,
  type Topology,
} from '@loadstair/topology';
import type { HostStatus, StartOptions } from '../driver.ts';
import { forgetData } from './databases.ts';
import { RunningHost, type HostGround } from './host.ts';
import { CannotScale, checkRoom } from './room.ts';

/** The hosts of one instance, as they come, change and go. */
export class Fleet {
  readonly #plan: Plan;
  readonly #ground: HostGround;
  readonly #options: StartOptions;
  readonly #follow: (placement: Placement, signal: AbortSignal) => Promise<void>;
  readonly #hosts = new Map<string, RunningHost>();
  readonly #numbers: HostNumbers;
  readonly #nextOrdinal = new Map<string, number>();
  #topology: Topology;
  #placement: Placement;
  #budgetsOn = false;

  /** @param follow makes ways, names and rules of the network fit the hosts of a placement */
  constructor(plan: Plan, ground: HostGround, follow: (placement: Placement, signal: AbortSignal) => Promise<void>) {
    this.#plan = plan;
    this.#ground = ground;
    this.#options = ground.options;
    this.#follow = follow;
    this.#placement = plan.placement;
    this.#topology = plan.placement.topology;
    this.#numbers = new HostNumbers(plan.placement.hosts.map(({ number }) => number));
    for (const tier of this.#topology.tiers) this.#nextOrdinal.set(tier.name, tier.count + 1);
  }

  get topology(): Topology {
    return this.#topology;
  }

  get placement(): Placement {
    return this.#placement;
  }

  get budgetsOn(): boolean {
    return this.#budgetsOn;
  }

  /** Whether hosts have budgets now. */
  get #limited(): boolean {
    return this.#budgetsOn && !this.#options.unbudgeted;
  }

  hosts(): RunningHost[] {
    return [...this.#hosts.values()];
  }

  isUp(name: string): boolean {
    return this.#hosts.get(name)?.state === 'up';
  }

  /** In the order of the plan; hosts of one tier start together. */
  async start(signal: AbortSignal): Promise<void> {
    for (const tier of this.#plan.tiers) {
      await Promise.all(tier.hosts.map((planned) => this.#newHost(planned.placed).start(planned, signal)));
    }
  }

  /** A host that joins later, or starts anew, as it is among those there are now. */
  #planned(placed: PlacedHost): PlannedHost {
    return planHost(this.#ground.contextOf(placed, this.#placement));
  }

  async stop(): Promise<void> {
    for (const tier of startOrder(this.#topology).toReversed()) {
      await Promise.all(this.hosts().flatMap((host) => (host.placed.tier === tier.name ? [host.stop()] : [])));
    }
  }

  setBudgets(on: boolean): void {
    this.#budgetsOn = on;
    if (on && this.#options.unbudgeted) return;
    for (const host of this.#hosts.values()) host.setBudget(on);
  }

  /** From now on another host takes the writes of a group of databases. */
  async promote(group: string, host: string, signal: AbortSignal): Promise<void> {
    this.#placement = { ...this.#placement, primaries: { ...this.#placement.primaries, [group]: host } };
    // Ways lead to the primary there is now.
    await this.#follow(this.#placement, signal);
    await this.tellPeers(signal);
  }

  /** Other settings of tiers, for components that take them while they run, and for the ways between hosts. */
  async change(topology: Topology, signal: AbortSignal): Promise<void> {
    this.adopt(topology);
    await this.#follow(this.#placement, signal);
    await this.tellPeers(signal);
  }

  /** One more host of a tier: it serves, and its peers know of it, before this resolves. */
  async add(tier: Tier, signal: AbortSignal): Promise<RunningHost> {
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
      await this.#follow({ ...this.#placement, hosts: [...this.#placement.hosts, placed] }, signal);
      await host.start(this.#planned(placed), signal);
      if (this.#limited) host.setBudget(true);
      this.#placement = { ...this.#placement, hosts: [...this.#placement.hosts, placed] };
      await this.tellPeers(signal);
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

  /** The same host again, empty unless told: what else could be reached at its address? */
  async startAnew(old: RunningHost, signal: AbortSignal, disk: 'empty' | 'used' = 'empty'): Promise<HostStatus> {
    await old.stop();
    old.emit('replaced', disk === 'empty' ? 'by a new start with an empty disk' : 'by a new start with the data on its disk');
    const fresh = this.#newHost(old.placed);
    await fresh.start(this.#planned(old.placed), signal, disk);
    if (this.#limited) fresh.setBudget(true);
    return fresh.status();
  }

  /** Takes a host out of service in good order, and ends it. */
  async remove(host: RunningHost, signal: AbortSignal): Promise<void> {
    if (host.state === 'up') {
      host.markDraining();
      for (const peer of this.#peers()) await componentOf(peer.kind).drain?.(peer.host.context(), host.placed, signal);
    }
    this.#placement = { ...this.#placement, hosts: this.#placement.hosts.filter((one) => one.name !== host.placed.name) };
    await this.tellPeers(signal);
    await host.stop();
    await forgetData(host);
    this.#forget(host);
    await this.#follow(this.#placement, signal);
  }

  /** Tells running components which hosts there are, and what they are set to. */
  async tellPeers(signal: AbortSignal): Promise<void> {
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
  checkScalable(tier: Tier): void {
    if (!this.isSpreadOver(tier)) throw new CannotScale(tier.name, this.#topology);
  }

  /** Whether a component gives work to the hosts of a tier, whichever there are. */
  isSpreadOver(tier: Tier): boolean {
    const { links, tiers } = this.#topology;
    return links
      .filter((link) => link.to === tier.name)
      .some((link) => {
        const kinds = tiers.find((one) => one.name === link.from)?.components ?? [];
        return kinds.some((kind) => declarationOf(kind).spreadsOver(link, this.#topology));
      });
  }

  /** Another size or other settings of tiers, for hosts that run too. */
  adopt(topology: Topology): void {
    checkRoom(
      this.#placement.hosts.map((host) => asOf(topology, host)),
      this.#options.coresPerLabCpu,
    );
    this.#topology = topology;
    this.#placement = { ...this.#placement, topology, hosts: this.#placement.hosts.map((host) => asOf(topology, host)) };
    for (const host of this.#hosts.values()) host.placed = asOf(topology, host.placed);
  }

  #newHost(placed: PlacedHost): RunningHost {
    const host = new RunningHost(placed, this.#ground, () => this.#placement);
    this.#hosts.set(placed.name, host);
    return host;
  }

  /** Hosts in service that run a component. */
  living(kind: ComponentKind): RunningHost[] {
    return [...this.#hosts.values()].filter((host) => host.state === 'up' && host.placed.tierSpec.components.includes(kind));
  }

  host(name: string): RunningHost {
    const host = this.#hosts.get(name);
    if (host === undefined) throw new Error(`Unknown host ${name}. Hosts are ${[...this.#hosts.keys()].join(', ')}.`);
    return host;
  }

  tier(name: string): Tier {
    const tier = this.#topology.tiers.find((one) => one.name === name);
    if (tier === undefined) throw new CannotScale(name, this.#topology);
    return tier;
  }
}

/** A host as its tier is in a topology. */
function asOf(topology: Topology, host: PlacedHost): PlacedHost {
  return { ...host, tierSpec: topology.tiers.find((tier) => tier.name === host.tier) ?? host.tierSpec };
}
