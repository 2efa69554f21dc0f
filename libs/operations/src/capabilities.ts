import { capability } from './capability.ts';
import type { SiteHost } from './site.ts';

/** Every site has it. */
export const MACHINES = capability<Machines>('machines', {
  what: 'The hosts of this site cannot be changed.',
  why: 'this site was not started by the lab',
  code: 'E_NO_MACHINES',
});

export interface Machines {
  /** SIGKILL to everything on the host; its kernel tells the peers. */
  crash(host: string): Promise<void>;
  /** A dead host starts again on its own disk, and serves when this resolves. Throws Refused for one that lives, or has no disk. */
  powerOn(host: string, signal: AbortSignal): Promise<void>;
  /** A fresh host in place of a dead or living one, ready when this resolves. */
  replace(host: string, signal: AbortSignal): Promise<SiteHost>;
  /** Live change of a tier's number of hosts: new ones are ready, removed ones drained first. */
  scale(tier: string, count: number, signal: AbortSignal): Promise<void>;
  /** Another CPU budget, lab CPUs, for every host of a tier; nothing restarts. SettingError for what `--set` does not allow. */
  resize(tier: string, cpu: number): Promise<void>;
  /** Settings that components take while they run, as for `--set`. */
  set(settings: readonly string[], signal: AbortSignal): Promise<void>;
  /** Those of these hosts that are up and keep copies only forget them; names of those that did. */
  clear(hosts: readonly string[]): Promise<readonly string[]>;
}

export const POWER = capability<Power>('power', {
  what: 'Hosts of this site cannot lose power.',
  why: 'a power loss is emulated with nftables rules that drop a host’s packets, and nftables cannot be used here',
  do: './lab doctor',
  code: 'E_NO_SILENCE',
});

/** Hosts whose packets can be made to vanish. They do until the host is replaced. */
export interface Power {
  /** No packet leaves or reaches the host any more; then its programs end. */
  lose(host: string): Promise<void>;
  /** The same, and its disk is gone. */
  destroy(host: string): Promise<void>;
}

export const EDGES = capability<Edges>('edges', {
  what: 'This site has no edges.',
  why: 'clients of this stage fetch files from the site itself',
  code: 'E_NO_EDGES',
});

export interface Edges {
  /** Names of the edges there are, dead or alive. */
  names(): readonly string[];
  /** Every living edge forgets a file; names of those that did. */
  purge(path: string, signal: AbortSignal): Promise<readonly string[]>;
}

/** Groups of databases that others follow, by name. */
export const DATABASES = capability<ReadonlyMap<string, Databases>>('databases', {
  what: 'This site has no replicas.',
  why: 'it has one database host, so there is nothing to promote',
  code: 'E_NO_REPLICAS',
});

/** What can be done to a group of databases. */
export interface Databases {
  /**
   * Puts the most advanced replica in the place of the primary, which is ended first if it still lives and is never written to
   * again: what it has is kept aside, and the host is built anew as a replica.
   */
  failover(signal: AbortSignal): Promise<FailedOver>;
  /** Writes to the primary what primaries before it were told and it was not; safe to do again. */
  recover(signal: AbortSignal): Promise<readonly RecoveredFrom[]>;
  /** From now on, and until another is promoted, commits wait for so many replicas; 0 for none. */
  guarantee(replicas: number): Promise<void>;
  /** How far its replicas are behind the primary now. */
  lag(): Promise<ReplicationLag>;
  /** Which of these rows the primary does not have. */
  missing(rows: readonly PromisedRow[]): Promise<readonly PromisedRow[]>;
}

export interface ReplicationLag {
  /** Replicas that a commit waits for before it is answered; 0 for none. */
  readonly waitsFor: number;
  readonly replicas: readonly {
    readonly host: string;
    /** What the primary has written of its log and the replica has not received. */
    readonly behindBytes: number;
    /** How old the newest commit is that the replica has: what was committed since is on the primary alone. Null when it is not known. */
    readonly behindS: number | null;
  }[];
}

/** A row that somebody was told is written. */
export interface PromisedRow {
  readonly table: string;
  readonly id: number;
  /** What it says, as far as it tells the row from another one of the same number. */
  readonly mark: string;
  /** Who wrote it, by number, and what, as that user would tell it. */
  readonly user: number;
  readonly text: string;
  /** When that was said, epoch ms. */
  readonly ackedMs: number;
}

export interface FailedOver {
  /** Host that was the primary, and the one that is now. */
  readonly from: string;
  readonly to: string;
  /** When the primary could no longer write, and when the new one took writes and everybody was told; epoch ms. */
  readonly fencedMs: number;
  readonly servingMs: number;
}

/** What came of looking for an old primary's writes on the new one. */
export interface RecoveredFrom {
  /** Host that was the primary. */
  readonly host: string;
  /** Rows that were missing and are there again, by table. */
  readonly restored: Readonly<Record<string, number>>;
  /** Rows that were there all along, or since the last time. */
  readonly present: number;
  /** Rows that cannot be restored: something else stands in their place. Nothing is overwritten. */
  readonly conflicts: readonly { readonly table: string; readonly row: string; readonly reason: string }[];
  /** The host was destroyed: there was no disk to look on. */
  readonly diskGone?: boolean;
}

export const PROMISES = capability<Promises>('promises', {
  what: 'The acknowledged writes are not known.',
  why: 'only the lab’s load generator records which writes were acknowledged',
  code: 'E_NO_PROMISES',
});

/** What the load generator keeps account of. */
export interface Promises {
  /** Every row that it was told is written, those of the last moment too. */
  promised(signal: AbortSignal): Promise<readonly PromisedRow[]>;
}

export const CLIENTS = capability<Clients>('clients', {
  what: 'This site has no clients of the lab.',
  why: 'this site was not started by the lab',
  code: 'E_NO_CLIENTS',
});

/** What a client of the site can do, from an address that clients have. */
export interface Clients {
  /** What is answered to a request for a path at a public host; at the site itself when none is named. Null when nothing answers. */
  get(path: string, signal: AbortSignal, host?: string): Promise<Answer | null>;
  /** Looks a public name up at the lab's name server, the site's when none is said, then asks the address it got. */
  visit(request: VisitOf): Promise<Visited>;
  /** Connects to an address of a host: `connected` when HTTP was answered, `refused` when the connection was, else what happened. */
  dial(address: string): Promise<{ readonly address: string; readonly answer: string }>;
}

export interface VisitOf {
  readonly name?: string;
  readonly path: string;
  /** What the client would like to have, as an Accept header says it. */
  readonly accept: string;
  /** Where the client is; the first place when none is said. */
  readonly place?: string;
}

/** What a visit took: the two parts one after the other, ms. */
export interface Visited {
  readonly name: string;
  /** What the name was answered with; null where it was not. */
  readonly address: string | null;
  readonly lookupMs: number;
  readonly answerMs: number | null;
  readonly answer: Answer | null;
  readonly error: string | null;
}

export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}
