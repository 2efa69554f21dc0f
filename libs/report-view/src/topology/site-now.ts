import type { ResourceKind } from '@loadstair/resources';

/** How much of a limit of a host is used. */
export interface Use {
  readonly host: string;
  readonly kind: ResourceKind;
  /** 0–1. */
  readonly busy: number;
  readonly limit: number | null;
}

/** How far a replica is behind its primary: the age of the write it replayed last, s, and the log it lacks, bytes. */
export interface Lag {
  readonly host: string;
  readonly bytes: number;
  readonly seconds: number | null;
}

/** A site at one moment of a run: what its picture shows. */
export interface SiteNow {
  /** Null before the first reading. */
  readonly now: {
    readonly achievedPerS: number;
    readonly use: readonly Use[];
    /** Absent where nothing replicates. */
    readonly behind?: readonly Lag[];
  } | null;
  /** By host: the last thing that happened to it. */
  readonly hosts: ReadonlyMap<string, { readonly kind: string }>;
}
