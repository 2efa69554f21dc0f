import type { Bound } from '@loadstair/experiments';
import type { Trial } from './trials.ts';

/** So far from its bound an expectation's mean should lie, standard deviations. */
export const LEAST_MARGIN = 3;

/** One expectation over all trials of its experiment. */
export interface Claim {
  readonly about: string;
  readonly held: number;
  /** Trials that were not refused. */
  readonly of: number;
  /** Of the bound that lies nearest; null where no number decides. */
  readonly nearest: Margin | null;
}

export interface Margin {
  readonly mean: number;
  /** Standard deviation of a single trial; null of fewer than two. */
  readonly sd: number | null;
  readonly bound: number;
  readonly side: Bound['side'];
  /** From the mean to the bound, standard deviations, negative past it; `exact` when every trial gave the same number. */
  readonly margin: number | 'exact' | null;
}

export interface ExperimentClaims {
  readonly experiment: string;
  readonly trials: number;
  /** Runs that were refused, and trials of which no run was accepted. */
  readonly refusedRuns: number;
  readonly refusedTrials: number;
  readonly claims: readonly Claim[];
}

/** @param trials of one experiment with the same inputs */
export function claimsOf(experiment: string, trials: readonly Trial[]): ExperimentClaims {
  const accepted = trials.filter(({ kind }) => kind !== 'refused');
  const abouts = [...new Set(accepted.flatMap(({ results }) => results.map(({ about }) => about)))];
  return {
    experiment,
    trials: trials.length,
    refusedRuns: trials.reduce((sum, { refusals }) => sum + refusals.length, 0),
    refusedTrials: trials.length - accepted.length,
    claims: abouts.map((about) => {
      const results = accepted.flatMap((trial) => trial.results.filter((result) => result.about === about));
      return {
        about,
        held: results.filter(({ holds }) => holds === true).length,
        of: results.length,
        nearest: nearestOf(results.map(({ bounds }) => bounds)),
      };
    }),
  };
}

/** Whether every trial was accepted and every expectation held in each, with room. */
export function isKept({ trials, refusedTrials, claims }: ExperimentClaims): boolean {
  return trials > 0 && refusedTrials === 0 && claims.every((claim) => holdsAlways(claim) && hasRoom(claim));
}

export function holdsAlways({ held, of }: Claim): boolean {
  return of > 0 && held === of;
}

/** A margin that is not known yet, of one trial, is no reason against it. */
export function hasRoom({ nearest }: Claim): boolean {
  const margin = nearest?.margin ?? null;
  return margin === null || margin === 'exact' || margin >= LEAST_MARGIN;
}

/** Bounds stand in the same order in every trial. */
function nearestOf(trials: readonly (readonly Bound[])[]): Margin | null {
  const most = Math.max(0, ...trials.map((bounds) => bounds.length));
  const margins = Array.from({ length: most }, (_, index) => marginOf(trials.flatMap((bounds) => bounds[index] ?? [])));
  return margins.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

function distance({ margin }: Margin): number {
  return typeof margin === 'number' ? margin : Infinity;
}

/**
 * A bound may differ from trial to trial, as one that is predicted does: what counts is the room that each trial left.
 *
 * @param seen at least one
 */
function marginOf(seen: readonly Bound[]): Margin {
  const rooms = seen.map(({ value, bound, side }) => (side === 'most' ? bound - value : value - bound));
  const [room, spread] = [meanOf(rooms), deviationOf(rooms)];
  return {
    mean: meanOf(seen.map(({ value }) => value)),
    sd: deviationOf(seen.map(({ value }) => value)),
    bound: meanOf(seen.map(({ bound }) => bound)),
    side: (seen[0] as Bound).side,
    margin: spread === null ? null : spread > 0 ? room / spread : room >= 0 ? 'exact' : -Infinity,
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of a sample; null of fewer than two. */
function deviationOf(values: readonly number[]): number | null {
  const mean = meanOf(values);
  return values.length < 2 ? null : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
