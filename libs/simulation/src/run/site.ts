import { declarations } from '@loadstair/components/declarations';
import {
  componentOf,
  modelOf,
  type Answer,
  type Served,
  type SimulatedModel,
  type SimulatedRequest,
  type SimulatedServer,
  type SimulatedWorld,
} from '@loadstair/components';
import type { ClientRequest, Via } from '@loadstair/load';
import { CpuHost, Disk, type Chance, type Program, type Timeline } from '@loadstair/simulation-engine';
import {
  answerOf,
  FILES_NAME,
  hostsNamed,
  isDown,
  namesOf,
  SITE_NAME,
  turnsOfUsers,
  type PlacedHost,
  type Placement,
} from '@loadstair/topology';
import { Ways } from './ways.ts';

/** Time of a request outside the hosts: sockets, loopback, the client. */
const WIRE_MS = 0.5;

/** A host while a run is simulated. */
export interface SimulatedHost {
  readonly host: PlacedHost;
  readonly cpu: CpuHost;
  readonly disk: Disk;
  /** By kind of component; null for one that does nothing in the simulator. */
  readonly servers: ReadonlyMap<string, SimulatedServer | null>;
}

/** Who asks: the user of an arrival, by its number, in a region, with the first request of it or a later one. */
export interface From {
  readonly arrival: number;
  readonly first: boolean;
  readonly region: string;
}

/** Something was asked of a host that nothing on it serves in the simulator. */
export class NotSimulated extends Error {
  constructor(host: PlacedHost, role: string) {
    super(
      `Nothing on ${host.name} (${host.tierSpec.components.join(', ')}) serves ${role} in the simulator: its component has no simulate.ts.`,
    );
  }
}

/** All hosts of a topology, and what clients ask of them. */
export class Site implements SimulatedWorld {
  readonly hosts: ReadonlyMap<string, SimulatedHost>;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly placement: Placement;
  readonly things: number;
  readonly ways: Ways;
  /** Hosts that have not joined yet: nobody sends them anything, and nobody reads them. */
  readonly away = new Set<string>();
  /** Whether clients fetch files under a name of their own. */
  readonly hasEdges: boolean;
  readonly #turns = new Map<string, number>();
  /** Hosts that a name is answered with, by name and place of who asks. */
  readonly #answers = new Map<string, Map<string, readonly PlacedHost[]>>();
  readonly #users: readonly string[];

  constructor(
    world: { readonly timeline: Timeline; readonly chance: Chance; readonly speed: (atMs: number) => number },
    placement: Placement,
    coresPerLabCpu: number,
    model: SimulatedModel,
  ) {
    const { timeline, chance, speed } = world;
    this.timeline = timeline;
    this.chance = chance;
    this.placement = placement;
    this.things = model.things;
    this.ways = new Ways(placement);
    this.hasEdges = namesOf(placement.topology).some(({ name }) => name === FILES_NAME);
    this.#users = turnsOfUsers(placement.topology);
    const machines = placement.hosts.map((host) => {
      const cpu = new CpuHost(timeline, host.tierSpec.cpu * coresPerLabCpu, speed, chance.between(0, 100));
      const programs = host.tierSpec.components.map((kind): readonly [string, Program] => [kind, programOf(kind, cpu, model)]);
      return { host, cpu, disk: new Disk(timeline, cpu), programs };
    });
    this.hosts = new Map(
      machines.map(({ host, cpu, disk, programs }) => [
        host.name,
        {
          host,
          cpu,
          disk,
          servers: new Map(
            programs.map(([kind, program]) => {
              const { simulated } = componentOf(kind);
              const context = { world: this, host, cpu, disk, program };
              return [kind, simulated === undefined ? null : simulated.start(context, modelOf(kind, simulated, model))];
            }),
          ),
        },
      ]),
    );
    this.#membersChanged();
  }

  /** Servers of the hosts that are there, with their kinds. */
  get servers(): { readonly host: PlacedHost; readonly kind: string; readonly server: SimulatedServer }[] {
    return [...this.hosts.values()].flatMap(({ host, servers }) =>
      this.isThere(host) ? [...servers].flatMap(([kind, server]) => (server === null ? [] : [{ host, kind, server }])) : [],
    );
  }

  /** What all servers are in the middle of. */
  get busyWith(): number {
    return this.servers.reduce((sum, { server }) => sum + (server.busyWith ?? 0), 0);
  }

  isThere({ name }: PlacedHost): boolean {
    return !this.away.has(name);
  }

  serving<Role extends keyof Served>(host: PlacedHost, role: Role): Served[Role] {
    for (const server of this.hosts.get(host.name)?.servers.values() ?? []) {
      const found = server?.serves[role];
      if (found !== undefined) return found;
    }
    throw new NotSimulated(host, role);
  }

  reach(place: string, host: PlacedHost, role: string, then: () => void): void {
    const ms = this.ways.fromTo(place, host.name, role, this.timeline.now);
    if (ms > 0) this.timeline.after(ms, then);
    else then();
  }

  turn(name: string): number {
    const turn = (this.#turns.get(name) ?? 0) + 1;
    this.#turns.set(name, turn);
    return turn;
  }

  /** Place of the user of an arrival: the places have their users in turn, as k6 has them. */
  placeOfArrival(arrival: number): string {
    return this.#users[arrival % this.#users.length] as string;
  }

  /**
   * Sends a request, the first of an arrival over a new connection; `done` comes with whether it was answered, and where a
   * file of the edges came from.
   */
  send(request: ClientRequest, from: From, done: (answered: boolean, via?: Via) => void): void {
    const back = (answered: boolean, via?: Via): void => this.timeline.after(WIRE_MS / 2, () => done(answered, via));
    this.timeline.after(WIRE_MS / 2, () => {
      if (!this.hasEdges || !request.file) this.#ask(SITE_NAME, { name: request.name, file: null }, from, back);
      else this.#fetchFile(request.name, from, back);
    });
  }

  /** From an edge that its name is answered with there; from the site itself when none of those answers. */
  #fetchFile(name: string, from: From, back: (answered: boolean, via?: Via) => void): void {
    const request = { name, file: `${name}:${this.chance.whole(0, this.things - 1)}` };
    if (this.#hostsNamed(FILES_NAME, from.region).length > 0) this.#ask(FILES_NAME, request, from, back);
    else this.#ask(SITE_NAME, request, from, (answered) => back(answered, 'fallback'));
  }

  #ask(name: string, request: SimulatedRequest, { arrival, first, region }: From, answer: Answer): void {
    // A user is told all of them and keeps to one; users of a region come one after the other.
    const hosts = this.#hostsNamed(name, region);
    const host = hosts[Math.floor(arrival / this.#users.length) % hosts.length];
    if (host === undefined) throw new Error(`No host answers at ${name}.`);
    this.reach(region, host, 'http', () => this.serving(host, 'http').serve(request, first, answer));
  }

  /** Hosts that answer at a name, as who asks there is told. */
  #hostsNamed(name: string, place: string): readonly PlacedHost[] {
    const known = this.#answers.get(name)?.get(place);
    if (known !== undefined) return known;
    const { topology } = this.placement;
    const policy = namesOf(topology).find((one) => one.name === name)?.policy;
    if (policy === undefined) return [];
    const weighted = policy.kind === 'weighted';
    const hosts = (hostsNamed(this.placement, name) ?? []).filter((host) => this.isThere(host));
    const told = answerOf(policy, topology, hosts, (host) => !isDown(host, declarations), {
      place,
      draw: weighted ? this.chance.share() : 0,
    });
    const answering = told.filter((host) => !isDown(host, declarations));
    if (!weighted) this.#answers.set(name, (this.#answers.get(name) ?? new Map<string, readonly PlacedHost[]>()).set(place, answering));
    return answering;
  }

  /** A host is not there yet, or is there from now on and takes its part. */
  setAway(host: string, away: boolean): void {
    if (away) this.away.add(host);
    else this.away.delete(host);
    this.#membersChanged();
  }

  #membersChanged(): void {
    this.#answers.clear();
    for (const { servers } of this.hosts.values()) for (const server of servers.values()) server?.membersChanged?.();
  }

  /** A host stands still: nothing on it runs for a while. */
  freeze(host: string, ms: number): void {
    this.hosts.get(host)?.cpu.freeze(ms);
  }
}

function programOf(kind: string, cpu: CpuHost, model: SimulatedModel): Program {
  const { simulated } = componentOf(kind);
  const { atOnce, wakeMs } = simulated?.threads(modelOf(kind, simulated, model)) ?? { atOnce: 1, wakeMs: 0 };
  return cpu.add(atOnce, wakeMs);
}
