import type { Chance, CpuHost, Disk, JobQueue, Program, Timeline } from '@loadstair/simulation-engine';
import type { PlacedHost, Placement, Topology } from '@loadstair/topology';
import type { SoftReading } from './soft-reading.ts';

/**
 * How a component behaves in the simulator.
 *
 * @typeParam Model what it costs and what is wrong with it; times are ms
 */
export interface SimulatedComponent<Model extends object = object> {
  /** A healthy one of ordinary speed. */
  readonly healthy: Model;
  /** How many of its threads work at once, and the CPU time of waking an idle one, ms. */
  threads(model: Model): { readonly atOnce: number; readonly wakeMs: number };
  /** Starts it on a host. Its peers are not there before `membersChanged`. */
  start(context: SimulatedContext, model: Model): SimulatedServer;
  /** CPU that one arrival takes of it on all hosts of a tier, and what it makes them ask of others, by arithmetic. */
  demand?(asked: Asked, about: AboutDemand, model: Model): ComponentDemand;
  /** The same with other costs, so that it can be fitted to a recorded run. */
  scaled?(model: Model, factor: { readonly cost: number; readonly wakes: number }): Model;
}

/** One of a component on a host, while a run is simulated. */
export interface SimulatedServer {
  /** What others can ask it for. */
  readonly serves: Partial<Served>;
  /** CPU time of all its threads so far, ms. */
  readonly usedMs: number;
  /** What it is in the middle of; a site that drains waits for it. */
  readonly busyWith?: number;
  /** Work it does after its answers. */
  readonly jobs?: JobQueue | null;
  /** Its own resources, as a sampler reads them now. */
  read(): readonly Omit<SoftReading, 'atMs'>[];
  /** Called when all hosts have started, and when hosts came or went. */
  membersChanged?(): void;
}

/**
 * What is asked of a server, by the role of the link that leads to it. A component that serves another role adds it from its own folder:
 * `declare module '../simulated.ts' { interface Served { … } }`; likewise to `Asked`.
 */
export interface Served {
  readonly http: HttpServer;
  readonly sql: SqlServer;
  readonly wal: WalFollower;
  readonly cache: CacheServer;
}

/** Whether a request was answered; where an edge sent a file, whether it had it. */
export type Answer = (answered: boolean, via?: 'hit' | 'miss') => void;

export interface SimulatedRequest {
  readonly name: string;
  /** The file it is for; null where nobody keeps files, and for what is none. */
  readonly file: string | null;
}

/** Name of what a balancer asks for, to see whether a server can serve. */
export const READY_CHECK = 'ready-check';

export interface HttpServer {
  /** @param connects whether it comes over a new connection */
  serve(request: SimulatedRequest, connects: boolean, answer: Answer): void;
}

export interface SimulatedQuery {
  readonly dbMs: number;
  /** Coefficient of variation of its CPU time. */
  readonly cv: number;
  /** Ends with a commit that is flushed to disk. */
  readonly writes: boolean;
}

export interface SqlServer {
  /** One more connection, which is never closed. @returns false where the server has as many as it accepts */
  connect(): boolean;
  /** @param last of its transaction */
  query(query: SimulatedQuery, last: boolean, done: () => void): void;
}

export interface WalFollower {
  /** A commit of the primary comes. */
  follow(): void;
}

/** `again` is a miss of what had been there before. */
export type Found = 'hit' | 'again' | 'new';

export interface CacheServer {
  /** CPU time of a lookup passes. */
  lookUp(done: () => void): void;
  /** What a lookup found, at the moment its asker reads the answer. */
  find(key: string): Found;
  keep(key: string): void;
}

/** Where a simulated server stands. */
export interface SimulatedContext {
  readonly world: SimulatedWorld;
  readonly host: PlacedHost;
  readonly cpu: CpuHost;
  readonly disk: Disk;
  /** Its threads. */
  readonly program: Program;
}

/** What all simulated servers of a site share. */
export interface SimulatedWorld {
  readonly timeline: Timeline;
  readonly chance: Chance;
  /** With all hosts, those too that are not there yet. */
  readonly placement: Placement;
  /** How many different things are asked for, each as often. */
  readonly things: number;
  /** Whether a host is there. */
  isThere(host: PlacedHost): boolean;
  /** The server on a host that serves a role. Throws when there is none. */
  serving<Role extends keyof Served>(host: PlacedHost, role: Role): Served[Role];
  /** Does something when the way from a place to a host is over, for one who asks it in a role; at once where there is none. */
  reach(place: string, host: PlacedHost, role: string, then: () => void): void;
  /** Counts from 1 for all who ask with this name: they take turns together. */
  turn(name: string): number;
}

/** What a simulated site is, beside its topology. */
export interface SimulatedModel {
  /** By kind of component: where it differs from a healthy one. */
  readonly components: Readonly<Record<string, object>>;
  /** Share of its memory a host uses, by tier; failed allocations a second, by tier. */
  readonly memory: Readonly<Record<string, number>>;
  readonly memoryFailuresPerS: Readonly<Record<string, number>>;
  /** How many different things are asked for, each as often. */
  readonly things: number;
}

export const HEALTHY: SimulatedModel = { components: {}, memory: {}, memoryFailuresPerS: {}, things: 20_000 };

/** A component's own part of a model. */
export function modelOf(kind: string, simulated: SimulatedComponent, { components }: Pick<SimulatedModel, 'components'>): object {
  return { ...simulated.healthy, ...components[kind] };
}

/** What one arrival brings to the hosts of a tier, in the mean, by the role in which it comes. */
export interface Asked {
  readonly http?: HttpDemand;
  readonly sql?: SqlDemand;
  readonly cache?: CacheDemand;
}

export interface HttpDemand {
  /** What clients ask for, by journey, with the share of the arrivals that are such. */
  readonly journeys: readonly { readonly requests: readonly { readonly name: string; readonly file: boolean }[]; readonly share: number }[];
  /** That come here. */
  readonly requests: number;
  /** Share of the files that others send. */
  readonly sent: number;
  /** New connections. */
  readonly connections: number;
}

export interface SqlDemand {
  /** Times that a connection is taken. */
  readonly acquisitions: number;
  /** Of requests that write, whose queries all go to a primary: CPU time, queries, commits. */
  readonly primaryMs: number;
  readonly primaryQueries: number;
  readonly writes: number;
  /** Of the others. */
  readonly readMs: number;
  readonly readQueries: number;
}

export interface CacheDemand {
  readonly lookups: number;
}

export interface ComponentDemand {
  readonly cpuMs: number;
  readonly asks: Asked;
}

export interface AboutDemand {
  readonly topology: Topology;
  /** Name of the tier, and how many hosts it has. */
  readonly tier: string;
  readonly hosts: number;
  /** Share of the reads that no cache answers, where there is one. */
  readonly missed: number;
  /** Share of wake-ups that are paid for: a host that is full wakes once a period, and finds a batch. */
  readonly wakesLeft: number;
}
