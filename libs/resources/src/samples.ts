/** What samplers read: cumulative counters unless said otherwise, in ascending time. */
export interface Samples {
  readonly readings: readonly HostsSample[];
  readonly soft: readonly SoftSample[];
}

export interface HostsSample {
  readonly atMs: number;
  readonly hosts: readonly HostSample[];
}

/** A host from outside. */
export interface HostSample {
  readonly host: string;
  readonly cpuSeconds: number;
  readonly cpuSecondsByComponent: Readonly<Record<string, number>>;
  /** Names of programs on it that are none of its components; absent where none was seen. */
  readonly strangers?: readonly string[];
  readonly periods: number;
  readonly throttledPeriods: number;
  /** Now. */
  readonly memoryBytes: number;
  readonly memoryFailures: number;
  readonly ioReadBytes: number;
  readonly ioWriteBytes: number;
  readonly psiIoFullSeconds: number | null;
}

/** A component's own resource. */
export interface ResourceReading {
  readonly kind: string;
  readonly atMs: number;
  /** In use now (pool, slots, active lock holders); event-loop: null. */
  readonly inUse: number | null;
  /** Waiting now. */
  readonly waiting: number | null;
  /** Seconds waited, seconds held, acquisitions; event-loop: busySeconds is active time; replay: CPU time of replaying. */
  readonly waitSeconds: number | null;
  readonly busySeconds: number | null;
  readonly acquisitions: number | null;
  /** Connections that were refused because the other side takes no more (pool only). */
  readonly refused?: number;
  /**
   * Of garbage collection (event-loop only): seconds the main thread stood still for it, stops by a CPU limit among them; CPU
   * seconds of other threads that do it beside that one.
   */
  readonly gcSeconds?: number;
  readonly gcHelperSeconds?: number;
  /** Bytes the primary has written since the beginning of its log, and how much of that a replica has not replayed now (replay only). */
  readonly replay?: { readonly writtenBytes: number; readonly behindBytes: number; readonly behindSeconds: number | null };
  /** Sessions whose commit waits for a replica to confirm it, now (lock only). */
  readonly committing?: number;
  /** Work that is done after its answer (backlog only): jobs accepted and finished; unfinished now, and the age of the oldest of them, ms. */
  readonly work?: { readonly accepted: number; readonly finished: number; readonly unfinished: number; readonly oldestMs: number };
  /** What it asked each cache host for, by its name (pool only). */
  readonly asked?: Readonly<Record<string, AskedOfCache>>;
  /** What a cache host keeps (hit-ratio only). */
  readonly cache?: LostByCache;
}

/** How one asker fared with one cache host. */
export interface AskedOfCache {
  readonly lookups: number;
  readonly hits: number;
  /** Misses of what had been there before; seconds spent on getting that elsewhere. */
  readonly again: number;
  readonly againSeconds: number;
}

/** Entries of a cache host that went for want of memory, and at their end. */
export interface LostByCache {
  readonly evicted: number;
  readonly expired: number;
}

/** A reading with whose it is. */
export interface SoftSample extends ResourceReading {
  readonly host: string;
  readonly component: string;
}
