import type { Action } from '@loadstair/operations';
import type { Curve } from './curve.ts';
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
  /** What is drawn of its phases; absent where nothing is a curve. */
  readonly curve?: Curve;
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
  /** So long after the last of them peers may still wait for a host that says nothing, ms: what is steady begins later. */
  readonly effectMs?: number;
  /** Shares of journeys, where they are not the profile's. */
  readonly journeys?: Readonly<Record<string, number>>;
  /** What is paid for: tiers of a stage with settings, those alone whose size differs from phase to phase. */
  readonly priced?: { readonly stage: number; readonly set: readonly string[]; readonly tiers: readonly string[] };
}

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
