import type { SimulatedModel } from '@loadstair/components';
import type { ResourceKind } from '@loadstair/resources';
import type { Chance } from '@loadstair/simulation-engine';
import type { Topology } from '@loadstair/topology';

/** What the simulator is told of a stage: its sites, and the causes that are put into them. `Site` is how the stage describes a site. */
export interface SimulatedStage<Site extends CaseSite = CaseSite> {
  readonly topology: Topology;
  /** Its tiers, in the order in which chance is drawn for them. */
  readonly tiers: readonly string[];
  /** Profiles of its cases, of which one is drawn. */
  readonly profiles: readonly string[];
  /** Loads that causes are sized for under a profile, arrivals/s. */
  loads(profile: string): readonly [low: number, high: number];
  /**
   * A healthy site that holds more than what will be put into it, with things that only look like causes.
   *
   * @param target load the cause will allow, arrivals/s
   * @param room how much more than that everything else holds, at least
   */
  site(chance: Chance, profile: string, target: number, room: number): Site;
  /** A site as `--set` texts. */
  settings(site: Site): readonly string[];
  readonly singles: Rounds<SingleCause<Site>>;
  readonly pairs: Rounds<PairOfCauses<Site>>;
  /** Single causes that came later: they are taken between rounds of the others, so that a seed keeps its cases. */
  readonly later?: readonly SingleCause<Site>[];
  /** How its runs are spoilt; null where they are not. */
  readonly spoilt: SpoiltRuns<Site> | null;
}

/** The first round of every stage comes before the second of any, so that few cases show something of all. */
export type Rounds<Line> = readonly (readonly Line[])[];

/** A line of the score sheet. */
export interface SingleCause<Site extends CaseSite = CaseSite> {
  /** Resource kind of the cause, or what was done. */
  readonly kind: string;
  readonly cause: CauseInSite<Site>;
  /** Instead of the stage's. */
  readonly profiles?: readonly string[];
  /** Steps instead of the profile's climb, as shares of the load the cause allows: what only happens far above it. */
  readonly climb?: readonly number[];
}

export interface PairOfCauses<Site extends CaseSite = CaseSite> {
  readonly kind: string;
  readonly both: readonly [CauseInSite<Site>, CauseInSite<Site>];
  readonly profiles?: readonly string[];
}

export interface SpoiltRuns<Site extends CaseSite = CaseSite> {
  readonly profile: string;
  /** What ends in them, if it comes to that; one is drawn. */
  readonly causes: readonly CauseInSite<Site>[];
  /** The tier of the web servers. */
  readonly webTier: string;
}

/** A site of a case, as far as all stages describe theirs alike. */
export interface CaseSite {
  readonly profile: string;
  readonly model: SimulatedModel;
  /** Lab CPUs of one host, by tier. */
  readonly cpu: Readonly<Record<string, number>>;
}

export interface Cause {
  readonly tier: string;
  readonly resource: ResourceKind;
  /** One host's, while its peers idle. */
  readonly alone?: true;
}

/**
 * Puts one cause into a site so that it ends at a load; null where that is not possible in the bounds of the lab. The type is a method's, so
 * that a stage may know more of its sites than `CaseSite` has.
 */
export type CauseInSite<Site extends CaseSite = CaseSite> = {
  put(base: Site, target: number, chance: Chance): Injected<Site> | null;
}['put'];

export interface Injected<Site extends CaseSite = CaseSite> {
  readonly site: Site;
  readonly cause: Cause;
  /** The site without the cause; the one it was put into unless told. */
  readonly control?: Site;
}
