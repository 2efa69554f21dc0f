import {
  capacityOf,
  compareArms,
  confidenceOf,
  LEAST_RUNS,
  median,
  openSide,
  pooledSpread,
  repeatability,
  usualCost,
  wilson,
  type Interval,
  type RunData,
} from '@loadstair/analysis';
import { simulatedStages } from '@loadstair/stages/simulated';
import { searchesOf } from '../cases/searches.ts';
import type { Bar, Share } from './sheet.ts';

/** Searches before it that tell a search the machine's usual speed, as in the lab. */
const EARLIER = 12;
/** Searches a side of a comparison. */
const RUNS = 3;

export interface StageSearches {
  readonly stage: number;
  readonly runs: readonly RunData[];
}

/** What repeated searches of one simulated site say, beside what each of them says. */
export interface StageScore {
  readonly stage: number;
  /** Searches that found a capacity. */
  readonly found: Share;
  /** Geometric mean of what they found, arrivals/s. */
  readonly load: number;
  /** Coefficient of variation, 0–1, and its 95 % interval. */
  readonly cv: number;
  readonly cvInterval: Interval;
  /** Intervals that hold the mean of the other searches. */
  readonly covered: Share;
  /** Median of how far an interval reaches up and down, as a share of its load: √(high ÷ low) − 1. */
  readonly width: number;
  /** Median length without hosts and warm-up, s. */
  readonly seconds: number;
  /** Comparisons of a site with itself that called it better or worse. */
  readonly falseClaims: Share;
}

export interface SearchSheet {
  readonly stages: readonly StageScore[];
  readonly covered: Share;
  readonly falseClaims: Share;
  readonly width: number;
  readonly bars: readonly (Bar & { readonly most?: number })[];
}

/** Searches of every stage, a stage at a time: so many each, of so many trials. */
export function* runSearches(seed: number, each: number, trials: number): Generator<StageSearches> {
  for (const stage of simulatedStages) {
    const { stage: number } = stage.topology;
    yield { stage: number, runs: [...searchesOf(stage, seed * 1000 + number, each, trials)] };
  }
}

/** Pure: judges searches as the lab does, each at the usual speed that the ones before it tell. */
export function searchSheet(searched: readonly StageSearches[]): SearchSheet {
  const stages = searched.map(scoreOf);
  const covered = sumOf(stages.map((stage) => stage.covered));
  const falseClaims = sumOf(stages.map((stage) => stage.falseClaims));
  const worst = Math.max(...stages.map(({ cv }) => cv));
  return {
    stages,
    covered,
    falseClaims,
    width: median(stages.map(({ width }) => width)) ?? 0,
    bars: [
      { text: 'intervals that hold what the other searches find', value: covered.share, least: 0.9, met: covered.share >= 0.9 },
      { text: 'intervals that do not (too wide otherwise)', value: 1 - covered.share, least: 0.01, met: covered.share <= 0.99 },
      { text: 'steadiness, 1 − coefficient of variation, worst stage', value: 1 - worst, least: 0.97, met: worst <= 0.03 },
      { text: 'equal sides not called better or worse', value: 1 - falseClaims.share, least: 0.95, met: falseClaims.share <= 0.05 },
    ],
  };
}

function scoreOf({ stage, runs }: StageSearches): StageScore {
  const found = runs.flatMap((run, index) => {
    const capacity = capacityOf(run, usualCost(runs.slice(Math.max(0, index - EARLIER), index + 1)));
    return capacity === null || openSide(run) !== null ? [] : [capacity];
  });
  const logs = found.map(({ load }) => Math.log(load));
  const sum = logs.reduce((all, log) => all + log, 0);
  const covered = found.filter(({ interval: [low, high] }, index) => {
    const others = Math.exp((sum - (logs[index] as number)) / (logs.length - 1));
    return low <= others && others <= high;
  });
  const { cv, cvInterval } = repeatability(found.map(({ load }) => load));
  return {
    stage,
    found: shareOf(found.length, runs.length),
    load: Math.exp(sum / logs.length),
    cv: cv ?? 0,
    cvInterval: cvInterval ?? [0, Infinity],
    covered: shareOf(covered.length, found.length),
    width: median(found.map(({ interval: [low, high] }) => Math.sqrt(high / low) - 1)) ?? 0,
    seconds: median(runs.map(({ steps }) => ((steps.at(-1)?.endMs ?? 0) - (steps[0]?.startMs ?? 0)) / 1000)) ?? 0,
    falseClaims: falseClaimsOf(runs),
  };
}

/** `lab compare` of a site with itself, again and again, each with searches of its own. */
function falseClaimsOf(runs: readonly RunData[]): Share {
  const pairs = Math.floor(runs.length / (2 * RUNS));
  const claimed = Array.from({ length: pairs }, (_, pair) => runs.slice(2 * RUNS * pair, 2 * RUNS * (pair + 1))).filter((both) =>
    Array.from({ length: RUNS - LEAST_RUNS + 1 }, (_, look) => LEAST_RUNS + look).some((each) => claims(both, each)),
  );
  return shareOf(claimed.length, pairs);
}

/** Whether a comparison says better or worse when so many runs of each side are there. */
function claims(both: readonly RunData[], each: number): boolean {
  const sides = [both.slice(0, each), both.slice(RUNS, RUNS + each)] as const;
  const usual = usualCost(sides.flat());
  const [first, second] = sides.map((side) => side.flatMap((run) => capacityOf(run, usual)?.load ?? [])) as [number[], number[]];
  const { word } = compareArms(first, second, pooledSpread([first, second]), confidenceOf(RUNS));
  return word === 'better' || word === 'worse';
}

function shareOf(right: number, all: number): Share {
  return { right, of: all, share: all === 0 ? 0 : right / all, interval: wilson(right, all) };
}

function sumOf(shares: readonly Share[]): Share {
  return shareOf(
    shares.reduce((sum, { right }) => sum + right, 0),
    shares.reduce((sum, share) => sum + share.of, 0),
  );
}
