import type { ComponentKind, PlacedHost, Placement } from '@loadstair/topology';

/** Programs the lab may need; `libs/runtime` finds or provides them. */
export type ToolName = 'node' | 'postgres' | 'haproxy' | 'prometheus' | 'k6' | 'toxiproxy' | 'nft' | 'chromium';

/** Absolute paths of the programs found. `postgres` is the folder with initdb, postgres, pg_ctl. */
export type ToolPaths = Readonly<Partial<Record<ToolName, string>>>;

/** A server the lab knows how to run. Every folder of this library exports one. */
export interface Component {
  readonly kind: ComponentKind;
  readonly tools: readonly ToolName[];
  /** Runs once before the first start on a host, inside the host's cgroup but without budget: config files, data folder. */
  prepare(context: ComponentContext): Promise<void>;
  /** The process to start; files it names exist after `prepare`. */
  process(context: ComponentContext): ProcessSpec;
  /** Resolves when it serves; rejects with an error that carries the last probe. Honours the signal. */
  ready(context: ComponentContext, signal: AbortSignal): Promise<void>;
  readonly metrics: ComponentMetrics;
  /** How to ask the process to end in good order, and how long it may take before SIGKILL. */
  readonly stop: { readonly signal: NodeJS.Signals; readonly graceMs: number };
  /** Called on a running component when hosts of a tier it talks to came or went (a balancer updates its servers without a restart). */
  membersChanged?(context: ComponentContext, signal: AbortSignal): Promise<void>;
  /** It keeps what cannot be made again: a fresh host in its place would lose it. */
  readonly keepsData?: true;
  /** Take one peer out of service in good order: new requests stop, running ones end. */
  drain?(context: ComponentContext, peer: PlacedHost, signal: AbortSignal): Promise<void>;
}

export interface ComponentContext {
  readonly host: PlacedHost;
  readonly placement: Placement;
  readonly tools: ToolPaths;
  /** Folder shared by runs on this machine, for templates that are expensive to make (seeded database). */
  readonly cacheFolder: string;
  /** Where the site's programs live: the root of the repository. */
  readonly repoFolder: string;
  readonly run: (command: string, args: readonly string[], options?: RunOptions) => Promise<string>;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: string;
}

export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** System user to run as when the lab runs as root (PostgreSQL refuses root); null is the current user. */
  readonly user: string | null;
}

export interface ComponentMetrics {
  /** What Prometheus scrapes, or null when the lab reads it another way. */
  readonly scrape: { readonly port: number; readonly path: string } | null;
  /** Soft resources of one such component on `host`, with their limits. CPU, memory and disk belong to the host. */
  resources(host: PlacedHost, placement: Placement): readonly SoftResource[];
  /**
   * Reads the soft resources from outside, at most once a second; cumulative counters, so a missed read loses nothing.
   * Must answer while the host is overloaded: files or a local socket, never a request to the served port.
   */
  read(context: ComponentContext): Promise<readonly SoftReading[]>;
}

export interface SoftResource {
  readonly kind: 'pool' | 'slots' | 'event-loop' | 'lock';
  readonly limit: number | null;
  /** Tier whose answer ends the hold of a pool connection or a slot. */
  readonly waitsOn: string | null;
}

export interface SoftReading {
  readonly kind: SoftResource['kind'];
  readonly atMs: number;
  /** In use now (pool, slots, active lock holders); event-loop: null. */
  readonly inUse: number | null;
  readonly waiting: number | null;
  /** Cumulative since start: seconds waited, seconds held, acquisitions; event-loop: busySeconds is active time. */
  readonly waitSeconds: number | null;
  readonly busySeconds: number | null;
  readonly acquisitions: number | null;
  /** Cumulative seconds of garbage collection (event-loop only). */
  readonly gcSeconds?: number;
  /** Cumulative requests given to each host behind a balancer, by its name (slots only). */
  readonly servedBy?: Readonly<Record<string, number>>;
}
