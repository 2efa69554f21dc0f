/** A stored profile, and the plan made from it for one run. */

export type JourneyName =
  | 'browse'
  | 'gallery'
  | 'talk'
  | 'famous'
  | 'album'
  | 'wall'
  | 'regular'
  | 'newcomer'
  | 'read'
  | 'explore'
  | 'again'
  | 'mobile'
  | 'scan'
  | 'showcase'
  | 'page'
  | 'page-document'
  | 'rename'
  | 'rename-document'
  | 'engage'
  | 'upload'
  | 'buy'
  | 'return'
  | 'one-user';

export interface Profile {
  readonly name: string;
  /** One sentence for people. */
  readonly purpose: string;
  /** The thresholds. */
  readonly slo: { readonly quantile: number; readonly latencyMs: number; readonly errorShare: number };
  /** Shares of the journeys; they add up to 1. */
  readonly journeys: Readonly<Partial<Record<JourneyName, number>>>;
  readonly steps: ProfileSteps;
}

/**
 * `climb`: loads as shares of the saturation predicted from the warm-up; the climb ends where the site fails, and one
 * step back down follows. `relative`: shares too, but every step runs. `fixed`: loads in arrivals/s, every step runs.
 */
export type ProfileSteps =
  | { readonly kind: 'climb'; readonly full: Climb; readonly quick: Climb }
  | { readonly kind: 'relative'; readonly loads: readonly { readonly share: number; readonly holdS: number }[]; readonly settleS: number }
  | { readonly kind: 'fixed'; readonly loads: readonly { readonly rate: number; readonly holdS: number }[]; readonly settleS: number };

export interface Climb {
  readonly shares: readonly number[];
  /** Length of a step, s; longer at loads so low that it would hold too few arrivals to judge. */
  readonly holdS: number;
  readonly leastArrivals: number;
  readonly longestS: number;
  /** Seconds at the start of a step that are not measured. */
  readonly settleS: number;
  readonly idleS: number;
  /** What ends it: two steps in a row that failed, or one that failed by more than the noise of a step. */
  readonly endsAfter: 'two-failures' | 'clear-failure';
  /** Load of the step back, as a share of the last load that held. */
  readonly backShare: number;
}

export interface PlannedStep {
  readonly index: number;
  readonly kind: 'warm-up' | 'load' | 'back' | 'trial';
  /** arrivals/s */
  readonly rate: number;
  readonly holdS: number;
  readonly settleS: number;
  /** Steps of equal `draw` have arrivals at the same times and of the same journeys; its own index unless told. */
  readonly draw?: number;
  /** Where this step's arrivals go, in turn; the plan's `baseUrl` unless told. */
  readonly baseUrls?: readonly string[];
  /** Journeys of this step; the plan's unless told. */
  readonly journeys?: Profile['journeys'];
}

export interface RegionOfUsers {
  readonly name: string;
  /** The site, and where its files are fetched, by the names users of the region are told. */
  readonly baseUrl: string;
  readonly filesUrl: string;
}

/** Where a file came from: an edge that had it, one that fetched it, or the site itself, as the page said or because no edge answered. */
export type Via = 'hit' | 'miss' | 'origin' | 'fallback';
export const VIAS: readonly Via[] = ['hit', 'miss', 'origin', 'fallback'];

/** What k6 is given. */
export interface LoadPlan {
  readonly run: string;
  readonly stage: number;
  readonly profile: string;
  readonly seed: number;
  /** Where the site is, by name. */
  readonly baseUrl: string;
  /** Where users are and what they reach from there, each arrival from the next; absent where it makes no difference. */
  readonly regions?: readonly RegionOfUsers[];
  readonly journeys: Profile['journeys'];
  readonly steps: readonly PlannedStep[];
  /** Rows in the seeded database. */
  readonly users: number;
  readonly photos: number;
  /** Share of arrivals that are traced. */
  readonly tracedShare: number;
}

/**
 * `stale`: right in form, but without what the same user has just written; it is counted apart and is no failure. `not-sent`: k6 itself
 * had no file, port or memory left for a connection, so the site never heard of it. `no-server`: a balancer had no server in service.
 */
export const OUTCOMES = ['ok', 'status', 'wrong-body', 'error', 'timeout', 'stale', 'not-sent', 'no-server'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A row that the site said it has written; read back from the generator. */
export interface PromisedWrite {
  readonly table: 'comments' | 'orders' | 'photos';
  readonly id: number;
  /** What it says, as far as it tells the row from another one of the same number. */
  readonly mark: string;
  /** Who wrote it, by number, and what, as that user would tell it. */
  readonly user: number;
  readonly text: string;
  /** When the site had said so, epoch ms. */
  readonly ackedMs: number;
}

/** What became of one request; read back from the generator. Times are epoch ms. */
export interface RequestRow {
  readonly step: number;
  /** Number of the arrival within the step; rows of one journey share it. */
  readonly arrival: number;
  readonly journey: JourneyName;
  readonly name: string;
  /** First request: when the arrival was due. Later ones: when the one before ended. */
  readonly dueMs: number;
  /** From `dueMs` to the last byte, ms. */
  readonly latencyMs: number;
  readonly outcome: Outcome;
  readonly status: number;
  /** Last request of its arrival. */
  readonly last: boolean;
  /** Where its user was, and where a file came from; absent where users have no regions, and of what is no file. */
  readonly region?: string;
  readonly via?: Via;
  /** Of a request that failed: k6's error code, 0 where it has none, and the host that says it answered; absent where none does. */
  readonly errorCode?: number;
  readonly servedBy?: string;
}
