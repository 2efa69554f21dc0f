import { merge, milliseconds, percent, quantile } from '@loadstair/analysis';
import { between, type Held } from './bound.ts';
import { unseen, type Unseen } from './expectation.ts';
import type { Observed, Steady } from './observed.ts';
import type { ExpectationResult, OutcomeTable } from './outcome.ts';
import { count, steadyOf } from './reading.ts';

/** Of fewer files no share is claimed. */
export const LEAST_FILES = 50;

interface Files {
  readonly hit: number;
  readonly miss: number;
  readonly origin: number;
  readonly fallback: number;
}

/** Files that users of all regions fetched, by where from. */
export function filesOf(steady: Steady | null): Files {
  const sum = { hit: 0, miss: 0, origin: 0, fallback: 0 };
  for (const { files } of steady?.regions ?? []) for (const via of Object.keys(sum) as (keyof typeof sum)[]) sum[via] += files[via];
  return sum;
}

/** Share of the files asked for at edges that these had; null of too few. */
export function edgeHitRatio(steady: Steady | null): number | null {
  const { hit, miss } = filesOf(steady);
  return hit + miss < LEAST_FILES ? null : hit / (hit + miss);
}

/** Median time until a region's users had a file, ms. */
export function medianFileMs(steady: Steady | null, region: string): number | null {
  const latencies = (steady?.regions ?? []).filter((users) => users.region === region).map(({ fileLatency }) => fileLatency);
  const all = merge(latencies);
  return all.count < LEAST_FILES ? null : quantile(all, 0.5);
}

/** A line an edge: what it was asked for, and what it sent. */
export function edgeLines(steady: Steady | null): string[] {
  return (steady?.edges ?? []).map(
    ({ host, region, hits, misses, bytesOut }) =>
      `${host} ${region}  ${count(Math.round(hits))} of ${count(Math.round(hits + misses))} hit, ${count(Math.round(bytesOut / 1024))} KiB sent`,
  );
}

/** By phase what edges had, what reached the users of each region how soon, and what it would cost. */
export function edgeTable(observed: Observed): OutcomeTable | null {
  const regions = observed.phases.find(({ steady }) => steady?.regions !== undefined)?.steady?.regions?.map(({ region }) => region) ?? [];
  if (regions.length === 0) return null;
  return {
    head: ['', 'hits', ...regions.map((region) => `${region} p50 ms`), 'site kB/s', 'price/month'],
    rows: observed.phases.map(({ name, steady }) => {
      const ratio = edgeHitRatio(steady);
      const seconds = steady === null ? 1 : (steady.endMs - steady.startMs) / 1000;
      return [
        name,
        ratio === null ? '–' : percent(ratio),
        ...regions.map((region) => {
          const ms = medianFileMs(steady, region);
          return ms === null ? '–' : milliseconds(ms);
        }),
        steady?.originBytes === undefined ? '–' : count(Math.round(steady.originBytes / seconds / 1000)),
        steady?.trafficPerMonth === undefined ? '–' : steady.trafficPerMonth.toFixed(2),
      ];
    }),
  };
}

/** Something of all arrivals of a phase, for one of them, in two phases. */
export interface PerArrival {
  readonly own: number;
  readonly other: number;
  readonly ratio: number;
}

/** @param value of a whole phase; undefined where it was not measured */
export function perArrival(
  observed: Observed,
  { phase, than }: { readonly phase: string; readonly than: string },
  value: (steady: Steady) => number | undefined,
): PerArrival | Unseen {
  const inPhase = (name: string): number | null => {
    const steady = steadyOf(observed, name);
    const all = steady === null ? undefined : value(steady);
    const arrivals = steady === null ? 0 : (steady.achieved * (steady.endMs - steady.startMs)) / 1000;
    return all === undefined || arrivals <= 0 ? null : all / arrivals;
  };
  const [own, other] = [inPhase(phase), inPhase(than)];
  if (own === null || other === null || other <= 0) return unseen('it was not measured in both phases');
  return { own, other, ratio: own / other };
}

/** Whether such a ratio lies between two bounds; null is no upper one. */
export function judgeRatio(
  { own, other, ratio }: PerArrival,
  range: { readonly least: number; readonly most: number | null },
  words: (value: number) => string,
): { measured: string; values: ExpectationResult['values'] } & Held {
  return {
    measured: `${words(own)} against ${words(other)}: ×${ratio.toFixed(2)}`,
    ...between(ratio, range),
    values: { own, other, ratio },
  };
}
