import type { CacheUse } from '@loadstair/program/stats';
import type { ResourceKind, ResourceReading } from '@loadstair/resources';

/** What a component tells of its resources, and of what is none. */
export interface SoftReading extends ResourceReading {
  readonly kind: ResourceKind | 'files';
  /** Cumulative requests given to each host it spreads them over, by its name (slots and pool only). */
  readonly servedBy?: Readonly<Record<string, number>>;
  /** Cumulative pieces of work given to each database host, by its name (pool only). */
  readonly databases?: Readonly<Record<string, DatabaseWork>>;
  /** How each host it spreads them over stands with it, by its name (slots only). */
  readonly servers?: Readonly<Record<string, ServerState>>;
  /** What it asked each cache host for, by its name (pool only). */
  readonly asked?: Readonly<Record<string, CacheUse>>;
  /** What a cache host keeps (hit-ratio only). */
  readonly cache?: CacheState;
  /** HTTP requests that came to it since its start (slots and pool only); of an edge, `files` tells. */
  readonly requests?: number;
  /** Bytes sent to clients since its start (a balancer's slots only). */
  readonly bytesOut?: number;
  /** What an edge did with the files it was asked for (files only). */
  readonly files?: FilesReading;
}

/** Of a reading that tells none of these. */
export const NOTHING_READ = { inUse: null, waiting: null, waitSeconds: null, busySeconds: null, acquisitions: null } as const;

/** One piece holds one connection, whatever number of queries it makes; a write is one that may change something. */
export interface DatabaseWork {
  readonly reads: number;
  readonly writes: number;
}

/** Answered rightly; not in time; with a connection refused; with an error. */
export type CheckOutcome = 'answered' | 'no-answer' | 'refused' | 'failed';

/** A server as its balancer sees it. */
export interface ServerState {
  /** It is sent requests now. */
  readonly inService: boolean;
  /** Cumulative: how often its health checks failed until it was taken out of service. */
  readonly takenOut: number;
  /** What came of its last health check. */
  readonly check: CheckOutcome;
}

export interface CacheState {
  /** Now. */
  readonly usedBytes: number;
  readonly mostBytes: number;
  readonly entries: number;
  /** Cumulative: entries that went for want of memory, and at their end; commands answered. */
  readonly evicted: number;
  readonly expired: number;
  readonly commands: number;
}

/** Cumulative since the start of an edge, but for what it holds now. */
export interface FilesReading {
  /** Requests for files it had, and for those it had to fetch. */
  readonly hits: number;
  readonly misses: number;
  /** Sent to clients, headers and all. */
  readonly bytesOut: number;
  /** Held now. */
  readonly objects: number;
  readonly storedBytes: number;
  /** Thrown out before their time for want of room. */
  readonly evicted: number;
  /** Fetches from the site that failed. */
  readonly failures: number;
}
