import type { Profile } from '@loadstair/loadprofiles';

/**
 * About how long things take, s, hosts started and ended included. Measured on the reference machine (two cores) on 30 November 2026: runs
 * that climbed in 163 and 174 s, quick ones in 72 to 113 s (median 86), searches with five trials in 171 and 173 s, a trial in 22 s.
 * The one place: help, pages, labs and progress bars read these.
 */
export const RUN_TAKES_S = { full: 170, quick: 85 } as const;
/** One of the two short runs that confirm a verdict. */
export const SHORT_RUN_TAKES_S = 100;
/** Of a search without its trials. */
const CLIMB_TAKES_S = 62;
const TRIAL_TAKES_S = 22;
/** Trials of each search of a comparison. */
const FEWEST_TRIALS = 5;
/** Hosts, warm-up, idle step and end of a run whose loads its profile names. */
const AROUND_LOADS_S = 28;
const QUICK_HOLD_S = 20;

/** How long a load that a profile names is held, s. */
export function heldS(holdS: number, quick: boolean): number {
  return quick ? Math.min(holdS, QUICK_HOLD_S) : holdS;
}

/** About how long a search for the capacity takes, s. */
export function searchTakesS(trials: number = FEWEST_TRIALS): number {
  return CLIMB_TAKES_S + trials * TRIAL_TAKES_S;
}

/** About how long a run of a profile takes, s. */
export function runTakesS({ steps }: Pick<Profile, 'steps'>, quick: boolean): number {
  if (steps.kind === 'climb') return quick ? RUN_TAKES_S.quick : RUN_TAKES_S.full;
  return steps.loads.reduce((sum, { holdS }) => sum + heldS(holdS, quick), AROUND_LOADS_S);
}

/** `about 85 s`, `about 3 min`. */
export function aboutWords(seconds: number): string {
  return seconds < 100 ? `about ${Math.max(5, 5 * Math.round(seconds / 5))} s` : `about ${Math.round(seconds / 60)} min`;
}
