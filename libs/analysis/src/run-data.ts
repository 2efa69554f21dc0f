import type { WorkAudit } from './audit.ts';
import type { ComponentWords, LinkInfo, ResourceInfo, ResourceUse } from '@loadstair/resources';

/**
 * RunData: all that is known of one run, as plain JSON. `diagnose` sees nothing else, so a stored RunData
 * is a test case for ever. Times are epoch milliseconds unless a name says otherwise; loads are arrivals/s;
 * CPU is in physical cores; shares are 0–1.
 */
export interface RunData {
  readonly schema: 1;
  readonly run: string;
  readonly stage: { readonly number: number; readonly slug: string };
  readonly profile: { readonly name: string; readonly slo: Slo; readonly arrivals: 'poisson' };
  /** False when the hosts had no CPU limits. */
  readonly budgeted: boolean;
  /** How the run ended. */
  readonly ended: 'finished' | 'interrupted';
  readonly machine: { readonly cores: number; readonly maxLabCores: number };
  readonly tiers: readonly TierInfo[];
  readonly links: readonly LinkInfo[];
  /** What people call the components on its hosts; absent of runs made before components declared it. */
  readonly words?: ComponentWords;
  readonly resources: readonly ResourceInfo[];
  readonly steps: readonly StepData[];
  /** Things that happened to hosts or lab programs while load ran. */
  readonly incidents: readonly Incident[];
  /** What became of work that was accepted and done later; absent where none is. */
  readonly audit?: readonly WorkAudit[];
  /** What was sent at the highest load that held, and what that would cost; absent where there are no edges. */
  readonly traffic?: PricedTraffic;
  /** What the lab's own programs used, in cores, mean over the load steps. */
  readonly observer: { readonly labdCores: number; readonly prometheusCores: number; readonly samplerCores: number };
}

/** What a limit can be projected from, of a run that may still go on. */
export type Climb = Pick<RunData, 'steps' | 'resources' | 'profile'>;

export interface Slo {
  /** For example 0.95. */
  readonly quantile: number;
  readonly latencyMs: number;
  /** Highest allowed share of failed requests (wrong answers count). */
  readonly errorShare: number;
  /** Longest time in which accepted work must be finished, where there is such a promise. */
  readonly finishedWithinMs?: number;
}

export interface TierInfo {
  readonly name: string;
  readonly hosts: readonly string[];
}

export interface Incident {
  readonly atMs: number;
  readonly kind:
    'host-died' | 'host-restarted' | 'host-added' | 'host-stopped' | 'oom' | 'limit-changed' | 'lab-program-died' | 'sampler-gap';
  readonly subject: string;
  /** The lab itself did it, as part of what is measured: an action of the experiment, an autoscaler. No disturbance then. */
  readonly planned?: true;
}

/** `trial`: one more look at a load near capacity, in a search; the verdict stands on the climb alone. */
export const STEP_KINDS = ['idle', 'load', 'back', 'trial'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface StepData {
  readonly index: number;
  readonly kind: StepKind;
  /** Offered load, arrivals/s, as planned. */
  readonly offered: number;
  /** Measured window: the settling seconds at the start are not in it. */
  readonly startMs: number;
  readonly endMs: number;
  readonly load: StepLoad;
  readonly machine: StepMachine;
  /** One row a resource that could be measured in this step. */
  readonly use: readonly ResourceUse[];
  /** What edges did, and bytes that the site itself sent, to users and to edges; absent where there are no edges. */
  readonly edges?: readonly EdgeUse[];
  readonly originBytes?: number;
  /** What web servers asked of each database host, by their own count; absent in runs from before it was told. */
  readonly databases?: readonly DatabaseUse[];
  /** Servers that a balancer had out of service in the window, although they were meant to serve; absent where none was. */
  readonly outOfService?: readonly ServerOut[];
  /** Requests that came in the window to the hosts which clients reach, as those counted them; absent where they do not. */
  readonly came?: number;
  /**
   * Share of the window in which a host was there, of hosts that came or went while load ran, by host; absent where every host of the
   * run was there all the time.
   */
  readonly presence?: Readonly<Record<string, number>>;
  /** Share of the Prometheus scrapes and sampler samples expected in the window that exist, 0–1. */
  readonly coverage: { readonly prometheus: number; readonly sampler: number };
}

export interface StepLoad {
  /** Arrivals planned, begun, not begun (k6 dropped_iterations) and completed in the window. */
  readonly planned: number;
  readonly started: number;
  readonly dropped: number;
  readonly completed: number;
  /** Requests finished and failed (transport error, status, wrong body, timed out) in the window. */
  readonly requests: number;
  readonly failed: number;
  /** The failed ones by reason, the most frequent first; absent where none failed, and in runs from before it was told. */
  readonly failures?: readonly FailedRequests[];
  /** Requests begun in the window, whatever became of them, of whichever arrivals; absent in runs from before it was counted. */
  readonly sent?: number;
  /** Requests that the generator could not send, for want of files, ports or memory of its own; they are in no other count. Absent where none. */
  readonly notSent?: number;
  /** Answers without what the same user had just written; they are not failed ones. Absent in runs from before it was counted. */
  readonly stale?: number;
  /** Latency of all requests from the due time, mergeable. */
  readonly latency: Histogram;
  readonly byClass: readonly ClassLoad[];
  /** By region, where users have several. */
  readonly byRegion?: readonly RegionLoad[];
  /** How late arrivals began, ms; what their p99 is at least, at 95 % confidence, is absent in runs from before it was told. */
  readonly lateness: { readonly p50Ms: number; readonly p99Ms: number; readonly p99AtLeastMs?: number };
  /** Arrivals in flight at the start and end of the window, and their mean. */
  readonly inFlight: { readonly start: number; readonly end: number; readonly mean: number };
  /** Per block of `blockS` seconds: what happened in it. Blocks tile the window. */
  readonly blockS: number;
  readonly blocks: readonly { readonly completed: number; readonly inFlight: number; readonly p50Ms: number | null }[];
  /** Median first-attempt latency etc. are derived from histograms; this is mean time in system of an arrival, ms. */
  readonly meanArrivalMs: number;
}

/** A server that a balancer took out of service, because its health checks failed. */
export interface ServerOut {
  readonly server: string;
  readonly by: string;
  /** How often in the window; 0 when it was out before. */
  readonly times: number;
  /** What came of its last check while it was out; null where no reading saw it out. */
  readonly check: 'answered' | 'no-answer' | 'refused' | 'failed' | null;
  /** When, epoch ms, as readings once a second tell: shorter times may be missing. */
  readonly spans: readonly (readonly [fromMs: number, toMs: number])[];
}

/** Requests of a step that failed alike. */
export interface FailedRequests {
  /**
   * Answered with another status than the right one, or with a wrong body; by a balancer that had no server in service; refused a connection, cut, or timed out; a name without an
   * address; no answer for another reason; never heard of again within the timeout.
   */
  readonly kind: 'status' | 'wrong-answer' | 'no-server' | 'refused' | 'cut' | 'timed-out' | 'no-address' | 'no-answer' | 'out-of-time';
  /** Of the answer, for `status` alone. */
  readonly status: number | null;
  /** Whose answer it was, as the answer says; null where it does not, or there was none. */
  readonly host: string | null;
  readonly requests: number;
  /** Some of them, in order, by which log lines are found; absent where nothing was logged, and in runs from before it was told. */
  readonly examples?: readonly FailedExample[];
}

/** One request that failed. */
export interface FailedExample {
  /** Id that its log lines carry, 32 hexadecimal digits. */
  readonly trace: string;
  /** Its `name` tag; null where it is not known which request of its arrival was never heard of again. */
  readonly request: string | null;
  /** When it was due, epoch ms. */
  readonly atMs: number;
}

/** What users of one region asked for, and where their files came from. */
export interface RegionLoad {
  readonly region: string;
  readonly requests: number;
  readonly failed: number;
  readonly latency: Histogram;
  /** Files that an edge had, that it fetched, that pages said are the site's own to send, and that no edge sent in time. */
  readonly files: { readonly hit: number; readonly miss: number; readonly origin: number; readonly fallback: number };
  readonly fileLatency: Histogram;
}

/** Bytes by who sends them, and the price of a month of it by the price table of a date. */
export interface PricedTraffic {
  /** Load at which it was measured, arrivals/s. */
  readonly load: number;
  /** ISO date of the table, and its currency. */
  readonly priced: string;
  readonly currency: string;
  readonly edges: readonly {
    readonly host: string;
    readonly region: string;
    readonly hitRatio: number | null;
    readonly bytesPerS: number;
    readonly perMonth: number;
  }[];
  readonly site: { readonly bytesPerS: number; readonly perMonth: number };
}

/** What an edge did in a step. */
export interface EdgeUse {
  readonly host: string;
  readonly region: string;
  readonly hits: number;
  readonly misses: number;
  readonly bytesOut: number;
}

/** Pieces of work a database host was given in a step; one holds one connection. Health checks read as well. */
export interface DatabaseUse {
  readonly host: string;
  readonly reads: number;
  readonly writes: number;
}

export interface ClassLoad {
  /** The request's `name` tag, for example `feed`. */
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  readonly plannedShare: number;
  readonly latency: Histogram;
}

/**
 * Log-linear histogram: bucket i counts values in [lowest·growth^i, lowest·growth^(i+1)) ms; values below go to
 * bucket 0, above to the last. Same scheme in every run, so histograms of one quantity add bucket by bucket.
 */
export interface Histogram {
  readonly scheme: 'log-1.02-from-0.1ms';
  /** Sparse: [bucket, count], ascending. */
  readonly counts: readonly (readonly [number, number])[];
  readonly count: number;
}

export interface StepMachine {
  /** Share of all physical CPU time that nobody but the idle-priority burners used. */
  readonly idle: number;
  readonly steal: number;
  /** Share of all CPU time used outside the lab (neither hosts, k6, lab programs nor burners). */
  readonly outside: number;
  /** Cores used by k6, and its share of periods stalled (PSI some) when known. */
  readonly generatorCores: number;
  /** Median time of the short ALU probe, ms; null when it is off. */
  readonly probeMs: number | null;
}
