/**
 * An experiment: load on a site, things done to it while the load goes on, and what must then be seen. Plain data, so that
 * the command line, tests, guided labs and the console all use the same one.
 */
export interface Experiment {
  /** Lower-case words with dashes, unique in the catalogue. */
  readonly name: string;
  /** The stage it belongs to. */
  readonly stage: number;
  readonly title: string;
  /** What happens, one sentence or two. */
  readonly happens: string;
  /** Stage whose site it runs on, where that is another. */
  readonly runsOn?: number;
  /** About how long, s, hosts started and warmed up included. */
  readonly takesS: ByForm;
  /** Stored profile: its journeys, its SLO, and what the loads are shares of. */
  readonly profile: string;
  /** Done before there is load. */
  readonly first?: readonly Action[];
  /** Without a phase there is no load. */
  readonly phases: readonly Phase[];
  readonly expectations: readonly Expectation[];
}

/** The long form and the quick one. */
export interface ByForm {
  readonly full: number;
  readonly quick: number;
}

/** A span of constant load. Its actions begin when it begins, one after the other. */
export interface Phase {
  /** Unique in the experiment; expectations refer to it. */
  readonly name: string;
  /** arrivals/s, or a share of the load at which the site of the stage should be full. */
  readonly load: { readonly rate: number } | { readonly share: number };
  /** Seconds; null is left out of that form. */
  readonly holdS: { readonly full: number; readonly quick: number | null };
  readonly actions?: readonly Action[];
  /** Shares of journeys, where they are not the profile's. */
  readonly journeys?: Readonly<Record<string, number>>;
  /** What such a site costs: a stage with settings. */
  readonly priced?: { readonly stage: number; readonly set: readonly string[] };
}

/** Hosts are named by their tier: which of them it is depends on what happened to the site before. */
export type Action =
  /** The first living host of the tier loses power; of databases, one that plays the tier's part now. */
  | { readonly do: 'kill'; readonly tier: string }
  /** A fresh host in place of the dead one. */
  | { readonly do: 'replace'; readonly tier: string }
  | { readonly do: 'scale'; readonly tier: string; readonly count: number }
  /** Another size for every host of the tier, in lab CPUs, without a restart. */
  | { readonly do: 'resize'; readonly tier: string; readonly cpu: number }
  /** Settings of the site that runs, as for `--set`. */
  | { readonly do: 'set'; readonly set: readonly string[] }
  /** Hosts of a tier that keep copies only forget them. */
  | { readonly do: 'clear'; readonly tier: string }
  /** Every edge forgets a file. */
  | { readonly do: 'purge'; readonly path: string }
  /** A client asks every edge for files, one after the other. */
  | { readonly do: 'ask-edges'; readonly paths: readonly string[] }
  /** A client connects: to the private address of every host of a tier, or to the public edge. */
  | { readonly do: 'dial'; readonly to: { readonly tier: string } | 'public' }
  /** Commits wait for so many replicas from now on. */
  | { readonly do: 'guarantee'; readonly sync: number }
  /** The most advanced replica takes the place of the primary. */
  | { readonly do: 'failover' }
  /** The primary is asked for every row that the site has said it has written. */
  | { readonly do: 'count-writes' }
  /** What only an old primary has is written to the new one. */
  | { readonly do: 'recover' }
  /** The same users are asked for at two paths; `{id}` stands for the number. */
  | { readonly do: 'compare-answers'; readonly paths: readonly [string, string]; readonly users: number };

export type Expectation =
  /** Every component takes at least this share of the host's CPU. */
  | { readonly kind: 'cpu-split'; readonly phase: string; readonly tier: string; readonly least: number }
  /** Requests of every server of the tier lie within this share of the even one. */
  | { readonly kind: 'even-spread'; readonly phase: string; readonly tier: string; readonly within: number }
  /** Nobody but hosts that live serve, and they do. */
  | { readonly kind: 'moved-away'; readonly phase: string; readonly tier: string }
  /** Failed requests all lie in a window that begins with the action. */
  | { readonly kind: 'failures-within'; readonly action: Action['do']; readonly windowMs: number; readonly marginMs: number }
  /** None of the requests of these phases failed. */
  | { readonly kind: 'no-failures'; readonly phases: readonly string[] }
  /** From one action on, until another begins, every request fails. */
  | { readonly kind: 'down-between'; readonly from: Action['do']; readonly until: Action['do'] }
  /** Nothing fails once the phase's actions have had their effect; how fast it is, is stated. */
  | { readonly kind: 'answers-again'; readonly phase: string }
  /** The lab refuses the action, and says why. */
  | { readonly kind: 'refuses'; readonly action: Action['do'] }
  /** Projected saturation of the tier in one phase ÷ that in another. */
  | {
      readonly kind: 'capacity-ratio';
      readonly tier: string;
      readonly phase: string;
      readonly to: string;
      readonly least: number;
      readonly most: number;
    }
  /** One phase's price of 100 arrivals/s is not above another's. */
  | { readonly kind: 'no-dearer'; readonly tier: string; readonly phase: string; readonly than: string }
  /** CPU the tier spends on an arrival: phases whose name begins so, against phases whose name begins otherwise. */
  | { readonly kind: 'cheaper-arrival'; readonly tier: string; readonly phases: string; readonly than: string }
  /** A write takes longer in one phase than in another, in the middle. */
  | { readonly kind: 'slower-writes'; readonly phase: string; readonly than: string }
  /** From the kill on, so long until a write is answered again. */
  | { readonly kind: 'writes-resume'; readonly withinMs: number }
  /** Rows that were promised and are not there after the failover; null is any number, and says how many. */
  | { readonly kind: 'lost-writes'; readonly most: number | null }
  /** After the recovery nothing is missing but what it has listed. */
  | { readonly kind: 'restored-writes' }
  /** Of what the cache was asked for in a phase it had so much, shares. */
  | { readonly kind: 'hit-ratio'; readonly phase: string; readonly least: number; readonly most: number }
  /** `slack` is how much lower the share may be where the difference is small and lookups are few. */
  | { readonly kind: 'more-hits'; readonly phase: string; readonly than: string; readonly slack?: number }
  /** CPU of the databases for an arrival in one phase ÷ that in another. */
  | { readonly kind: 'database-load'; readonly phase: string; readonly than: string; readonly least: number; readonly most: number }
  /** CPU of the databases in the first seconds after a phase’s actions, against a phase before them. */
  | { readonly kind: 'database-spike'; readonly phase: string; readonly than: string; readonly least: number }
  /** Answers without what their reader had just written; null is any number. */
  | { readonly kind: 'stale-reads'; readonly phase: string; readonly least: number; readonly most: number | null }
  | { readonly kind: 'more-stale'; readonly phase: string; readonly than: string }
  /** What the databases do is, for the most part, to read again what the cache has lost: at once after the phase’s actions, or in it. */
  | { readonly kind: 'cache-at-fault'; readonly phase: string; readonly when: 'at-once' | 'steady' }
  /** Of the files that users fetched at edges, these had so many, shares. */
  | { readonly kind: 'edge-hits'; readonly phase: string; readonly least: number; readonly most: number }
  | { readonly kind: 'more-edge-hits'; readonly phase: string; readonly than: string }
  /** Files reach the users of a region sooner, in the middle. */
  | { readonly kind: 'sooner-files'; readonly region: string; readonly phase: string; readonly than: string }
  /** Bytes the site itself sends for an arrival, ÷ those in another phase; null is any number of times more. */
  | { readonly kind: 'site-bytes'; readonly phase: string; readonly than: string; readonly least: number; readonly most: number | null }
  /** What the traffic of an arrival costs, ÷ that in another phase. */
  | { readonly kind: 'traffic-price'; readonly phase: string; readonly than: string; readonly least: number; readonly most: number }
  /** Users whose edge is dead fetch their files from the site. */
  | { readonly kind: 'fell-back'; readonly phase: string; readonly least: number }
  /** What every edge said to the requests of the nth asking, in order. */
  | { readonly kind: 'edges-answer'; readonly about: string; readonly asking: number; readonly from: readonly ('hit' | 'miss')[] }
  | { readonly kind: 'same-answers' }
  | { readonly kind: 'dialled'; readonly to: 'private' | 'public'; readonly answer: 'refused' | 'connected' };

/** The phases of one form, in order. */
export function phasesOf(experiment: Experiment, quick: boolean): (Phase & { readonly seconds: number })[] {
  return experiment.phases.flatMap((phase) => {
    const seconds = quick ? phase.holdS.quick : phase.holdS.full;
    return seconds === null ? [] : [{ ...phase, seconds }];
  });
}

/** Expectations that the phases of one form can answer. */
export function expectationsOf(experiment: Experiment, quick: boolean): Expectation[] {
  const phases = phasesOf(experiment, quick);
  const has = (name: string): boolean => phases.some((phase) => phase.name === name);
  return experiment.expectations.filter((one) =>
    [
      ...('phase' in one ? [one.phase] : []),
      ...(one.kind === 'capacity-ratio' ? [one.to] : []),
      ...('than' in one && one.kind !== 'cheaper-arrival' ? [one.than] : []),
    ].every(has),
  );
}
