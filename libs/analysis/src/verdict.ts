import type { ResourceKind } from '@loadstair/resources';
import type { ServerOut } from './run-data.ts';

/** What a run says about its limit. Made once by `diagnose`; everything people see is rendered from it. */
export type Verdict = Named | NoneInRange | Unexplained | Refused;

export interface NamedResource {
  readonly tier: string;
  readonly hosts: readonly string[];
  readonly resource: ResourceKind;
  /** Projected saturation λ*, arrivals/s, and its interval. */
  readonly saturation: number;
  readonly saturationInterval: Interval;
}

export type Interval = readonly [low: number, high: number];

export interface Named extends NamedResource {
  readonly kind: 'named';
  /** Second resource that limits at once, if any. */
  readonly with: readonly NamedResource[];
  /** Onset load, arrivals/s, with [highest pass, lowest fail] narrowed by projection. */
  readonly load: number;
  readonly interval: Interval;
  readonly confidence: number;
  readonly runnerUp: RunnerUp | null;
  readonly evidence: readonly Evidence[];
  readonly ruledOut: readonly RuledOut[];
  readonly onset: Onset;
  /** CPU of a shared host by component, shares of its use in the onset step; null where it is not shared. */
  readonly shares: Readonly<Record<string, number>> | null;
  /** Where it is one host's CPU while those of its peers idle; absent where load is spread evenly. */
  readonly imbalance?: Imbalance;
  /** Regions whose files the site sent where it failed, because no edge did; absent where edges answered. */
  readonly withoutEdge?: readonly WithoutEdge[];
  /** What was full and is not what limits; absent where nothing was. */
  readonly background?: readonly BackgroundUse[];
  /** Servers that balancers took out of service in those steps; absent where none was. */
  readonly takenOut?: readonly TakenOut[];
}

/** One host of a tier carries far more than its even share: its CPU runs out while its peers' idle, and more peers would idle too. */
export interface Imbalance {
  readonly host: string;
  /** Of what its tier used where that host was full first, this much was used by that host; and what it would be if all did the same. */
  readonly share: number;
  readonly evenShare: number;
  /** The others, with the use of their own limit. */
  readonly peers: readonly { readonly host: string; readonly busy: number }[];
}

/** A region whose users got files from the site itself, because no edge answered them in time: the site does the edges' work then. */
export interface WithoutEdge {
  readonly region: string;
  /** Files its users wanted from an edge, and the share of them that the site sent instead. */
  readonly files: number;
  readonly share: number;
  /** Edges of the region that sent nobody anything. */
  readonly silent: readonly string[];
}

/** A server that a balancer took out of service where the site failed: what it could have done, others had to, or nobody did. */
export interface TakenOut {
  readonly server: string;
  readonly by: string;
  readonly times: number;
  /** Share of those steps in which it was out. */
  readonly share: number;
  /** What came of the checks that failed; null where it is not known. */
  readonly check: ServerOut['check'];
}

/** A resource that was full without being what limits: it held as much when far less load went through. */
export interface BackgroundUse {
  readonly tier: string;
  readonly host: string;
  readonly resource: ResourceKind;
  /** Share of its limit in use in the first step in which it was full. */
  readonly busy: number;
  /** Index and load, arrivals/s, of that step; 0 is before load began. */
  readonly since: { readonly step: number; readonly offered: number };
  /** Who used it then, shares of that use, the largest first; `null` is a process that is not the lab's. Empty where it is not known. */
  readonly users: readonly { readonly component: string | null; readonly share: number }[];
  /** Names of those processes; absent where they were not seen. */
  readonly strangers?: readonly string[];
}

export interface RunnerUp extends NamedResource {
  /** saturation ÷ saturation of the named one. */
  readonly headroom: number;
}

export interface NoneInRange {
  readonly kind: 'none-in-range';
  /** Highest load that was offered, held and can be trusted. */
  readonly highest: number;
  readonly closest: (RunnerUp & { readonly busy: number }) | null;
  /** Why nothing is said of higher loads, although they were offered; absent where all of them can be trusted. */
  readonly beyond?: Pick<Refused, 'codes' | 'checks'>;
  readonly evidence: readonly Evidence[];
  /** The same over all loads. */
  readonly withoutEdge?: readonly WithoutEdge[];
  readonly background?: readonly BackgroundUse[];
  readonly takenOut?: readonly TakenOut[];
}

export interface Unexplained {
  readonly kind: 'unexplained';
  readonly load: number;
  readonly interval: Interval;
  readonly onset: Onset;
  readonly ruledOut: readonly RuledOut[];
  readonly bestLeft: (NamedResource & { readonly confidence: number }) | null;
  /** What was seen where it failed, although none of it explains that: what was near its limit, throttled, waited for, or gone. */
  readonly evidence: readonly Evidence[];
  readonly withoutEdge?: readonly WithoutEdge[];
  readonly background?: readonly BackgroundUse[];
  readonly takenOut?: readonly TakenOut[];
}

export interface Refused {
  readonly kind: 'refused';
  /** The one that explains the others first. */
  readonly codes: readonly RefusalCode[];
  /** The failed checks, in the order of `codes`. */
  readonly checks: readonly GateCheck[];
}

export interface Onset {
  readonly lastPass: number | null;
  readonly firstFail: number;
  /** Index in RunData.steps of the first failing step. */
  readonly step: number;
  readonly reason: 'slo-latency' | 'slo-errors' | 'goodput' | 'backlog';
}

/** One measured fact for or against. `text` is the sentence people read. */
export interface Evidence {
  readonly for: boolean;
  readonly text: string;
  readonly resource: string | null;
  readonly step: number | null;
  readonly value: number | null;
  readonly limit: number | null;
  readonly baseline: number | null;
  readonly unit: string;
  /** The Prometheus query that shows the same, when there is one. */
  readonly query: string | null;
}

export interface RuledOut {
  readonly tier: string;
  readonly resource: ResourceKind;
  readonly reason: string;
}

export const REFUSAL_CODES = [
  'UNBUDGETED',
  'INTERRUPTED',
  'PHYS_CPU',
  'PHYS_STEAL',
  'GEN_CPU',
  'GEN_SOCKETS',
  'GEN_SCHED',
  'GEN_DROP',
  'FOREIGN_LOAD',
  'GAPS',
  'SHORT',
  'BLIND',
  'MIX',
  'UNSTEADY',
  'LITTLE',
  'DRIFT',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** One check of the validity gate. */
export interface GateCheck {
  readonly code: RefusalCode;
  readonly outcome: 'pass' | 'warn' | 'refuse';
  /** What was measured against what is allowed, as one phrase: `4 % idle; allowed 30 %`. */
  readonly measured: string;
  readonly allowed: string;
  readonly value: number | null;
  readonly limit: number | null;
  /** What the person can do, an imperative phrase or a command. */
  readonly advice: string;
  /** Steps it failed in. */
  readonly steps: readonly number[];
}
