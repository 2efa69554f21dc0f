import type { Interval } from './verdict.ts';

/** What one trial says of the load at which the SLO is crossed. */
export interface ResponsePoint {
  /** arrivals/s */
  readonly load: number;
  readonly answer:
    /** Share of its requests over the SLO, 0–1, and their number. */
    | { readonly kind: 'share'; readonly over: number; readonly requests: number }
    /** Only on which side of the crossing it lies. */
    | { readonly kind: 'side'; readonly holds: boolean };
}

/** What is believed of the load of the crossing after all trials. */
export interface Crossing {
  /** Median, arrivals/s. */
  readonly load: number;
  /** Central interval that holds so much of what is believed, arrivals/s. */
  interval(share: number): Interval;
}

/** Step of all grids, of log load. */
const STEP = 0.005;
/** How far beyond the outermost trials the crossing is looked for, of log load. */
const BEYOND = 0.35;
/** Rise of the logit of the share over the SLO, per unit of log load. */
const SLOPES = [5, 8, 12, 18, 27] as const;
/**
 * How far a trial's load may lie from what it was really as hard as, of log load: the machine's speed, a collection, a
 * burst. Scale of a t distribution; small ones are believed first.
 */
const SCATTERS = [
  { scale: 0.02, prior: 0.25 },
  { scale: 0.04, prior: 0.35 },
  { scale: 0.07, prior: 0.25 },
  { scale: 0.11, prior: 0.15 },
] as const;
/** A slow spell or a full collection can spoil one trial by far: tails as heavy as those of so many degrees of freedom. */
const FREEDOM = 4;
/** Requests over the SLO come in bursts, a burst a stop of a host: so many of them count as one. */
const BURST = 10;
/** A trial so far from what it was as hard as is not believed at all, of log load. */
const FARTHEST = 0.3;

/**
 * Where the share of requests over the SLO crosses what is allowed, from trials that scatter.
 *
 * The share rises with load as a logistic curve in log load; its slope and the scatter of trials along the load are not known,
 * and are averaged over by how well they explain the trials (a posterior on a grid, flat in log load; random effects logistic
 * regression: e.g. Gelman et al., Bayesian Data Analysis, chapter 16). No trial decides alone, and all on one side of the
 * crossing, where a maximum of the likelihood does not exist, still give an answer.
 *
 * @param allowed share of requests that may be over the SLO, 0–1
 * @param points at least one
 */
export function crossingOf(points: readonly ResponsePoint[], allowed: number): Crossing {
  const logs = points.map(({ load }) => Math.log(load));
  const from = Math.min(...logs) - BEYOND;
  const cells = Math.ceil((Math.max(...logs) + BEYOND - from) / STEP) + 1;
  const weights = normalised(averaged(points, logs, { from, cells, allowed }));
  const at = (share: number): number => Math.exp(from + STEP * quantileCell(weights, share));
  return { load: at(0.5), interval: (share) => [at((1 - share) / 2), at((1 + share) / 2)] };
}

interface Grid {
  readonly from: number;
  readonly cells: number;
  readonly allowed: number;
}

/** Weight of every place of the crossing, summed over slopes and scatters. */
function averaged(points: readonly ResponsePoint[], logs: readonly number[], grid: Grid): Float64Array {
  const models = SCATTERS.flatMap(({ scale, prior }) => SLOPES.map((slope) => ({ kernel: kernelOf(scale), prior, slope })));
  const logWeights = models.map(({ kernel, prior, slope }) => {
    const sum = new Float64Array(grid.cells).fill(Math.log(prior));
    for (const [index, point] of points.entries()) {
      const exact = likelihoods(point, (logs[index] as number) - grid.from, slope, kernel.length, grid);
      for (let cell = 0; cell < grid.cells; cell += 1) (sum[cell] as number) += Math.log(smoothed(exact, kernel, cell));
    }
    return sum;
  });
  const most = Math.max(...logWeights.map((sum) => sum.reduce((high, one) => Math.max(high, one), -Infinity)));
  return Float64Array.from({ length: grid.cells }, (_, cell) =>
    logWeights.reduce((sum, one) => sum + Math.exp((one[cell] as number) - most), 0),
  );
}

/** Likelihood of a trial for every place of the crossing, and half a kernel beyond on both sides, did its load not scatter. */
function likelihoods({ answer }: ResponsePoint, log: number, slope: number, kernel: number, { cells, allowed }: Grid): Float64Array {
  const half = (kernel - 1) / 2;
  const level = Math.log(allowed / (1 - allowed));
  return Float64Array.from({ length: cells + 2 * half }, (_, index) => {
    const above = log - STEP * (index - half);
    if (answer.kind === 'side') return above > 0 === answer.holds ? TINY : 1;
    const logit = level + slope * above;
    const [hits, misses] = [(answer.over * answer.requests) / BURST, ((1 - answer.over) * answer.requests) / BURST];
    return Math.exp(-hits * softplus(-logit) - misses * softplus(logit) + best(hits, misses)) + TINY;
  });
}

const TINY = 1e-12;

/** ln(1 + eˣ) without overflow. */
function softplus(x: number): number {
  return x > 30 ? x : Math.log1p(Math.exp(x));
}

/** What brings the highest likelihood of a binomial to 1. */
function best(hits: number, misses: number): number {
  const part = (count: number): number => (count === 0 ? 0 : -count * Math.log(count / (hits + misses)));
  return part(hits) + part(misses);
}

/** Student's t on the grid, cut at the farthest; sums to 1. Odd length. */
function kernelOf(scale: number): Float64Array {
  const half = Math.round(FARTHEST / STEP);
  return normalised(
    Float64Array.from({ length: 2 * half + 1 }, (_, index) => {
      const t = (STEP * (index - half)) / scale;
      return (1 + (t * t) / FREEDOM) ** (-(FREEDOM + 1) / 2);
    }),
  );
}

function smoothed(exact: Float64Array, kernel: Float64Array, cell: number): number {
  let sum = 0;
  for (let index = 0; index < kernel.length; index += 1) sum += (kernel[index] as number) * (exact[cell + index] as number);
  return sum;
}

function normalised(weights: Float64Array): Float64Array {
  const sum = weights.reduce((all, one) => all + one, 0);
  return weights.map((one) => one / sum);
}

/** Place of a quantile in cells, between the middles of two. */
function quantileCell(weights: Float64Array, share: number): number {
  let below = 0;
  for (const [cell, weight] of weights.entries()) {
    if (below + weight >= share) return cell - 0.5 + (share - below) / weight;
    below += weight;
  }
  return weights.length - 1;
}
