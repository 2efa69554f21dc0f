import type { Offered, PromisedRow, ReplicationLag } from '@loadstair/operations';
import type { ResourceKind } from '@loadstair/resources';
import type { PlacedHost, Placement } from '@loadstair/topology';
import type { DatabaseContent } from './database-content.ts';
import type { Readiness } from './wait/readiness.ts';
import type { Declaration } from './declaration.ts';
import type { SimulatedComponent } from './simulated.ts';
import type { SoftReading } from './soft-reading.ts';

/** Absolute paths of the programs found, by the name of the tool: of a program, or of the folder that the tool wants. */
export type ToolPaths = Readonly<Record<string, string>>;

/** A server the lab knows how to run. Every folder of this library exports one. */
export interface Component {
  readonly declaration: Declaration;
  /** Files that its process reads. */
  files(context: HostContext): readonly PlannedFile[];
  /** Folders with what cannot be made again. */
  volumes?(context: HostContext): readonly string[];
  /** Runs once before the first start on a host, when its files are there, inside the host's cgroup but without budget. */
  initialise?(context: ComponentContext): Promise<void>;
  /** The process to start. */
  process(context: HostContext): ProcessSpec;
  /** Writes the log of a process that does not write one itself; it runs beside it on the host. */
  logProcess?(context: HostContext): ProcessSpec;
  /** How to ask whether it serves, and how long it may take to. */
  readiness(context: HostContext): Readiness;
  readonly readyMs: number;
  /** What is left to do once it answers; a start waits for it. Rejects with an error that carries the last probe. */
  settle?(context: ComponentContext, signal: AbortSignal): Promise<void>;
  /** The official image that has its program, and what it needs there. */
  readonly image: string;
  inImage?(context: HostContext): Partial<InImage>;
  readonly metrics: ComponentMetrics;
  /** How it behaves in the simulator, where that matters. */
  readonly simulated?: SimulatedComponent;
  /** How to ask the process to end in good order, and how long it may take before SIGKILL. */
  readonly stop: { readonly signal: NodeJS.Signals; readonly graceMs: number };
  /** Called on a running component when hosts came, went or changed their role (a balancer updates its servers without a restart). */
  membersChanged?(context: ComponentContext, signal: AbortSignal): Promise<void>;
  /** Of a component that follows another of its kind and can take its place. */
  readonly replication?: Replication;
  /** What it keeps in the databases that it queries. */
  readonly database?: DatabaseContent;
  /** Of a component that keeps copies only. */
  readonly cache?: {
    /** Forgets all of them. */
    clear(context: ComponentContext): Promise<void>;
    /** Forgets one, by the path that clients ask for it by. */
    purge?(context: ComponentContext, path: string, signal: AbortSignal): Promise<void>;
  };
  /** What actions may ask of its living hosts, beyond what every host can do (libs/operations). */
  offers?(hosts: () => readonly ComponentContext[]): readonly Offered[];
  /** Take one peer out of service in good order: new requests stop, running ones end. */
  drain?(context: ComponentContext, peer: PlacedHost, signal: AbortSignal): Promise<void>;
}

export interface Replication {
  /** Where a host keeps what cannot be made again. */
  dataFolder(host: PlacedHost): string;
  /** How far it has received what its primary wrote, bytes since the beginning of the log. */
  position(context: ComponentContext): Promise<bigint>;
  /** Stops following; resolves when it takes writes. */
  promote(context: ComponentContext, signal: AbortSignal): Promise<void>;
  /** From now on commits wait for so many replicas; 0 for none. */
  guarantee(context: ComponentContext, replicas: number): Promise<void>;
  /** How far each of these replicas is behind their primary now. */
  lag(primary: ComponentContext, replicas: readonly ComponentContext[]): Promise<ReplicationLag>;
  /** Which of these rows are not there, or say something else. */
  missing(context: ComponentContext, rows: readonly PromisedRow[]): Promise<PromisedRow[]>;
  /** Writes what the kept data of an old primary has and this primary has not. */
  restore(context: ComponentContext, data: string, signal: AbortSignal): Promise<Restored>;
}

/** What came of looking for an old primary's writes on the new one. */
export interface Restored {
  /** Rows that were missing and are there again. */
  readonly restored: Readonly<Record<string, number>>;
  /** Rows that were there all along, or since the last time. */
  readonly present: number;
  /** Rows that cannot be restored: something else stands in their place. Nothing is overwritten. */
  readonly conflicts: readonly Conflict[];
}

export interface Conflict {
  readonly table: string;
  /** Its key, for example `id=7`. */
  readonly row: string;
  readonly reason: string;
}

/** What a component is told of a host: data, from which its files and its process follow. */
export interface HostContext {
  readonly host: PlacedHost;
  readonly placement: Placement;
  /** What is kept in the databases of the host's group; null where nobody queries them. */
  readonly content: DatabaseContent | null;
  readonly tools: ToolPaths;
  /** Folder shared by runs on this machine, for templates that are expensive to make (seeded database). */
  readonly cacheFolder: string;
  /** Where the site's programs live: the root of the repository. */
  readonly repoFolder: string;
  /** User and group id of the host's programs; null is who the lab runs as. */
  readonly user: number | null;
  /** Name of the account that the lab itself runs as; null in a container, where nobody but the image's own account does anything. */
  readonly account: string | null;
  /** The only folder the host's programs may write to, beside their data: `work` in the host's folder. */
  readonly workFolder: string;
  /** Local sockets of the host; only its programs and the lab can enter. Short: a socket's path may have 107 bytes only. */
  readonly socketFolder: string;
  readonly secrets: Secrets;
  /** Whether the lab takes spans: only where nobody else could send it any. */
  readonly takesTraces: boolean;
}

/** The same of a host of this machine, where something can be done. */
export interface ComponentContext extends HostContext {
  /** Runs a program to its end; rejects with what it wrote when it fails. */
  readonly run: (command: string, args: readonly string[], options?: RunOptions) => Promise<string>;
  /** Starts a server for a piece of work beside the host's own programs, with the host's user. */
  readonly serve: (command: string, args: readonly string[], options: { readonly cwd: string }) => Server;
}

/** Passwords of one start of an instance. They stand in files that only the host and the lab can read, never in arguments. */
export interface Secrets {
  /** Of the site's database user. */
  readonly database: string;
  /** Of the database user that replicas copy as. */
  readonly replication: string;
  /** Of the site at the caches, and of the lab there. */
  readonly cache: string;
  readonly cacheAdmin: string;
  /** By which the balancer knows the edges, whose word for a client's address it takes. */
  readonly edge: string;
  /** What who takes something out of an edge has to say. */
  readonly purge: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** As the host's user, without rights; else as who the lab runs as. */
  readonly asHost?: boolean;
  /** The program wants an account for its user id, and finds one of this name. */
  readonly account?: string;
}

export interface Server {
  /** Null while it runs. */
  readonly exitCode: number | null;
  /** Asks it to end, and resolves when it has; idempotent. */
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** A file of a host; only the host's programs and the lab can read it. */
export interface PlannedFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** What a component needs in a container of its image, beyond what it needs everywhere. */
export interface InImage {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** Further arguments of its process. */
  readonly args: readonly string[];
  /** Whether it runs from the repository's sources. */
  readonly repository: boolean;
  /** Account of the image that runs it; null is whichever the image chooses. */
  readonly user: string | null;
  /** Folders that it has in common with the jobs that are done when it answers. */
  readonly shared: readonly string[];
  /** What is done once, one after the other, before it starts, on its volumes: there it stands for `initialise`. */
  readonly prepares: readonly PlannedJob[];
  /** What is done once, one after the other, when it answers: there it stands for `initialise` too, and for `settle`. */
  readonly jobs: readonly PlannedJob[];
}

/** A program that runs to its end beside a component; it may run again. */
export interface PlannedJob {
  readonly name: string;
  readonly image: string;
  readonly repository: boolean;
  /** User id in the container. */
  readonly user: string;
  readonly process: Pick<ProcessSpec, 'command' | 'args' | 'env'>;
}

export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export interface ComponentMetrics {
  /** Soft resources of one such component on `host`, with their limits. CPU, memory and disk belong to the host. */
  resources(host: PlacedHost, placement: Placement): readonly SoftResource[];
  /**
   * Reads the soft resources from outside, at most once a second; cumulative counters, so a missed read loses nothing.
   * Must answer while the host is overloaded: files or a local socket, never a request to the served port.
   *
   * @param living another host of the site; null where it does not run
   */
  read(context: ComponentContext, living: (host: PlacedHost) => ComponentContext | null): Promise<readonly SoftReading[]>;
}

export interface SoftResource {
  readonly kind: ResourceKind;
  readonly limit: number | null;
  /** Tier whose answer ends the hold of a pool connection or a slot. */
  readonly waitsOn: string | null;
}
