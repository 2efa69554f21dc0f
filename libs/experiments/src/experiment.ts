import type { Expectation } from './expectation.ts';

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

/** The phases of one form, in order. */
export function phasesOf(experiment: Experiment, quick: boolean): (Phase & { readonly seconds: number })[] {
  return experiment.phases.flatMap((phase) => {
    const seconds = quick ? phase.holdS.quick : phase.holdS.full;
    return seconds === null ? [] : [{ ...phase, seconds }];
  });
}

/** Expectations that the phases of one form can answer. */
export function expectationsOf(experiment: Experiment, quick: boolean): Expectation[] {
  const names = new Set(phasesOf(experiment, quick).map((phase) => phase.name));
  return experiment.expectations.filter(({ phases }) => phases.every((name) => names.has(name)));
}
