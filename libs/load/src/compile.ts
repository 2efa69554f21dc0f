import { Problem, random, shuffled } from '@loadstair/kit';
import type { Climb, PlannedStep, Profile } from '@loadstair/loadprofiles';
import { heldS } from './durations.ts';

/** The measured part of a run: what is offered, in order. */
export interface LoadSteps {
  /** Seconds of silence before, which show what the hosts use without load. */
  readonly idleS: number;
  readonly steps: readonly PlannedStep[];
  /** Loads below the first, highest first: offered until one holds where the first did not. Empty where every step is offered. */
  readonly lower: readonly PlannedStep[];
  /** Loads above the last, lowest first: offered while each of them holds, where the last one did. Empty where nothing is climbed. */
  readonly higher: readonly PlannedStep[];
  /** When the climb ends early; null when every step is offered. */
  readonly endsAfter: Climb['endsAfter'] | null;
  /** The step back down: its load as a share of the last one that held; null when the profile has none. */
  readonly back: { readonly share: number; readonly holdS: number; readonly settleS: number } | null;
}

const RELATIVE_IDLE_S = 5;

const CLIMBS_BY = 1.3;
/** A search climbs coarsely to where the site fails; its trials look closer. */
const SEARCH_CLIMB: Climb = {
  shares: Array.from({ length: 10 }, (_, index) => 0.6 * CLIMBS_BY ** index),
  holdS: 7,
  leastArrivals: 130,
  longestS: 15,
  settleS: 2,
  idleS: 3,
  // Its trials are around where it failed anyhow, and a second failing step would only fill the site with what must drain.
  endsAfter: 'clear-failure',
  backShare: 0.6,
};
/**
 * Trials around the capacity as far as it is known: their loads as shares of it, offered in a seeded order so that a slow spell
 * of the machine does not fall on one side (docs/decisions/capacity-search-pools-trials.md).
 */
export const TRIALS = { shares: [0.94, 0.98, 1, 1.02, 1.06], holdS: 20, leastArrivals: 300, longestS: 24, settleS: 2 } as const;

/**
 * The shares of a search's trials in their order: no order of load, and the same again with the same seed. More than there are shares
 * begin again in another order.
 */
export function trialShares(seed: number, trials: number): readonly number[] {
  const next = random(seed * 6151 + 3);
  const rounds = Math.ceil(trials / TRIALS.shares.length);
  return Array.from({ length: rounds }, () => shuffled(TRIALS.shares, next))
    .flat()
    .slice(0, trials);
}

/**
 * Of the first step of a climb: what a resource needs under a tight limit can be twice what the warm-up showed. A site that holds far
 * less (a blocked loop, servers that are taken out while they are busy) is found by halves, down to one arrival a second.
 */
const LOWER = [0.7, 0.5, 0.35] as const;
const LEAST_RATE = 1;
/** Few requests come at a low load, and a short step would leave it open whether it held. */
const LOWER_HOLDS = { leastArrivals: 400, longestS: 45 } as const;

/**
 * The climb of a capacity search, whatever steps the profile has of its own. Its loads are powers of one number, whatever was
 * predicted: searches of different sites meet at the same loads, where their latencies can be compared.
 */
export function compileSearch(options: { readonly predicted: number; readonly scale: number }): LoadSteps {
  const lowest = (SEARCH_CLIMB.shares[0] ?? 1) * options.predicted * options.scale;
  const onLadder = CLIMBS_BY ** Math.floor(Math.log(lowest) / Math.log(CLIMBS_BY));
  return climbSteps(SEARCH_CLIMB, (options.predicted * options.scale * onLadder) / lowest);
}

/** Loads around one that is known, for a short look at where the site fails now: from 30 % below it up. */
export function compileAround(load: number): LoadSteps {
  const shares = Array.from({ length: 9 }, (_, index) => 0.7 * 1.12 ** index);
  return climbSteps({ ...SEARCH_CLIMB, shares, endsAfter: 'two-failures' }, load);
}

/** Length of a step at a load, whole seconds: long enough for the arrivals it is judged by, within bounds. */
export function holdOf(step: Pick<Climb, 'holdS' | 'settleS' | 'leastArrivals' | 'longestS'>, rate: number): number {
  return Math.min(step.longestS, Math.max(step.holdS, step.settleS + Math.ceil(step.leastArrivals / rate)));
}

/**
 * Where a climb ends although every step of it held, as a multiple of the load at which the first resource should be full. A warm-up
 * can show a site that its caches have not relieved yet: one that held 90/s was predicted to be full at 37/s.
 */
const HIGHEST = 8;

function climbSteps(climb: Climb, full: number): LoadSteps {
  const stepsAt = (shares: readonly number[], before = 0, held: Parameters<typeof holdOf>[0] = climb): PlannedStep[] =>
    shares.map((share, index) => ({
      index: before + index + 1,
      kind: 'load',
      rate: tenth(share * full),
      holdS: holdOf(held, tenth(share * full)),
      settleS: climb.settleS,
    }));
  return {
    idleS: climb.idleS,
    steps: stepsAt(climb.shares),
    higher: stepsAt(higherShares(climb.shares), climb.shares.length),
    lower: stepsAt(
      lowerShares(full * (climb.shares[0] ?? 1)).map((share) => share * (climb.shares[0] ?? 1)),
      0,
      { ...climb, ...LOWER_HOLDS },
    ),
    endsAfter: climb.endsAfter,
    back: { share: climb.backShare, holdS: climb.holdS, settleS: climb.settleS },
  };
}

/** The climb goes on as it ends, up to the highest load that may be asked of any site. */
function higherShares(shares: readonly number[]): number[] {
  const [before = 0, last = 0] = shares.slice(-2);
  const higher: number[] = [];
  for (let share = last * (last / before); before > 0 && last > before && share <= HIGHEST; share *= last / before) higher.push(share);
  return higher;
}

/** Shares of a first load, falling, the last of which is the least load there is; none where the first is no more than that. */
function lowerShares(first: number): number[] {
  const shares: number[] = [...LOWER];
  while (first * (shares.at(-1) ?? 0) > LEAST_RATE) shares.push((shares.at(-1) ?? 1) / 2);
  return [...shares.filter((share) => first * share > LEAST_RATE), ...(first > LEAST_RATE ? [LEAST_RATE / first] : [])];
}

/**
 * Loads of a profile for one run.
 *
 * @param predicted arrivals/s at which the first resource should be full; places relative steps
 * @param scale multiplies every load
 */
export function compileSteps(
  profile: Profile,
  options: { readonly predicted: number; readonly scale: number; readonly quick: boolean },
): LoadSteps {
  const { predicted, scale, quick } = options;
  const step = (index: number, rate: number, holdS: number, settleS: number): PlannedStep => ({
    index,
    kind: 'load',
    rate: tenth(rate * scale),
    holdS,
    settleS,
  });
  if (profile.steps.kind === 'climb') {
    return climbSteps(quick ? profile.steps.quick : profile.steps.full, predicted * scale);
  }
  const { loads, settleS } = profile.steps;
  return {
    idleS: RELATIVE_IDLE_S,
    steps: loads.map((load, index) =>
      step(index + 1, 'rate' in load ? load.rate : load.share * predicted, heldS(load.holdS, quick), settleS),
    ),
    lower: [],
    higher: [],
    endsAfter: null,
    back: null,
  };
}

/** k6 takes whole numbers of arrivals per ten seconds. */
export function tenth(rate: number): number {
  return Math.max(0.1, Math.round(rate * 10) / 10);
}

/** Environment names that make k6 throw a script's scenarios away, or change what it sends. */
const REFUSED = [
  'K6_VUS',
  'K6_DURATION',
  'K6_ITERATIONS',
  'K6_STAGES',
  'K6_TAGS',
  'K6_OUT',
  'K6_RPS',
  'K6_VUS_MAX',
  'K6_EXECUTION_SEGMENT',
  'K6_SCENARIOS',
];

/** Exit status 2. */
export class K6SettingInEnvironment extends Problem {
  constructor(name: string) {
    super({
      what: `${name} is set in the environment.`,
      why: `k6 would use ${name} instead of the profile’s steps, without a warning`,
      do: `unset ${name}; use --scale or --profile to change the load`,
      code: 'E_K6_ENV',
      exit: 2,
    });
  }
}

/** Throws K6SettingInEnvironment when k6 would not do what the profile says. */
export function refuseK6Settings(environment: Readonly<Record<string, string | undefined>>): void {
  const found = REFUSED.find((name) => environment[name] !== undefined);
  if (found !== undefined) throw new K6SettingInEnvironment(found);
}
