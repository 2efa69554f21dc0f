import type { DatabaseUse, EdgeUse, Interval, RegionLoad, Slo } from '@loadstair/analysis';
import type { Fared, ResourceUse } from '@loadstair/resources';
import type { ActionResult } from '@loadstair/operations';

/** All that an experiment saw, as plain JSON: `judge` reads nothing else. Times are epoch ms, loads arrivals/s. */
export interface Observed {
  readonly slo: Slo;
  readonly phases: readonly ObservedPhase[];
  readonly actions: readonly ObservedAction[];
  /** Requests of the whole time of load, and those that failed (error, wrong status, wrong body, no answer). */
  readonly requests: readonly ObservedRequest[];
}

export interface ObservedRequest {
  /** When it was due; `endMs` when its answer was there or it was given up. */
  readonly dueMs: number;
  readonly endMs: number;
  readonly failed: boolean;
  /** Whether it asked the site to keep something. */
  readonly write?: boolean;
  /** Whether it was the last one of its arrival. */
  readonly last?: boolean;
}

export interface ObservedPhase {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** arrivals/s; absent in what was observed by earlier versions. */
  readonly offered?: number;
  /** The part after its actions have had their effect; what follows was measured there. Null when nothing of it was left. */
  readonly steady: Steady | null;
  /** The first seconds after its actions; null where nothing was done, or the phase was over. */
  readonly atOnce?: AtOnce | null;
}

export interface AtOnce {
  readonly startMs: number;
  readonly endMs: number;
  /** Cores the databases used, beyond what they use without load. */
  readonly databaseCores: number;
  readonly cache: Fared | null;
}

export interface Steady {
  readonly startMs: number;
  readonly endMs: number;
  readonly offered: number;
  /** Arrivals completed per second. */
  readonly achieved: number;
  readonly requests: number;
  readonly failed: number;
  /** Answers without what their reader had just written. */
  readonly stale?: number;
  /** How the cache tier fared; null where there is none. */
  readonly cache?: Fared | null;
  /** By region of the users, and by edge; absent where there are no edges. */
  readonly regions?: readonly RegionLoad[];
  readonly edges?: readonly EdgeUse[];
  /** What web servers read from each database host and wrote to it; absent in what was observed before it was counted. */
  readonly databases?: readonly DatabaseUse[];
  readonly originBytes?: number;
  /** What that traffic would cost in a month. */
  readonly trafficPerMonth?: number;
  /** Latency at the SLO's quantile, ms. */
  readonly quantileMs: number | null;
  readonly hosts: readonly ObservedHost[];
  /** Use of every resource, as in a step of RunData: what no other field here tells, an expectation of a stage's own reads there. */
  readonly use: readonly ResourceUse[];
  /** By tier: the load at which its first host would be full. */
  readonly saturation: Readonly<Record<string, { readonly load: number; readonly interval: Interval }>>;
  /** Price of such a site a month; null where the experiment asks for none. */
  readonly pricePerMonth: number | null;
}

export interface ObservedHost {
  readonly host: string;
  readonly tier: string;
  readonly alive: boolean;
  /** The group of databases it belongs to; null where it holds none. */
  readonly group: string | null;
  /** Cores used, beyond what the host uses without load; and by each component as people call it, all of it. */
  readonly cores: number;
  readonly byComponent: Readonly<Record<string, number>>;
  /** Requests the balancer gave it; null where no balancer stands before it. */
  readonly served: number | null;
}

export interface ObservedAction {
  /** Name and input. */
  readonly action: { readonly do: string; readonly [input: string]: unknown };
  readonly phase: string;
  readonly beganMs: number;
  readonly endedMs: number;
  /** As the action declares it. */
  readonly result: ActionResult;
  /** What was done, a sentence without its full stop; absent in what was observed by earlier versions. */
  readonly text?: string;
}
