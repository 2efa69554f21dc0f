import { merge, quantile, type RunData, type Slo } from '@loadstair/analysis';

/** Latency near one load, of all runs of an arm together. */
export interface LatencyPoint {
  /** Offered: arrivals/s, or a share of the capacity. */
  readonly at: number;
  /** At the SLO's quantile, of the merged histograms, ms. */
  readonly ms: number;
  /** Requests behind it. */
  readonly requests: number;
  /** Lowest and highest of single runs, ms; null of one run only. */
  readonly range: readonly [low: number, high: number] | null;
}

/** Steps whose loads differ by less than this factor count as one load. */
const ONE_LOAD = 1.1;
/** Samples beyond a quantile without which it is not said at all. */
const FEWEST_BEYOND = 5;

/** A run, and what its loads are counted in: 1 arrival/s, or its own capacity. */
export interface ScaledRun {
  readonly run: RunData;
  readonly unit: number;
}

/** Latency over offered load; percentiles are never averaged, histograms are added. Lowest load first. Pure. */
export function latencyCurve(runs: readonly ScaledRun[], { quantile: q }: Pick<Slo, 'quantile'>): LatencyPoint[] {
  const measured = runs
    .flatMap(({ run, unit }) =>
      run.steps
        .filter(({ kind, offered }) => (kind === 'load' || kind === 'trial') && offered > 0)
        .map(({ offered, load }) => ({ run: run.run, at: offered / unit, latency: load.latency })),
    )
    .toSorted((a, b) => a.at - b.at);
  const groups: (typeof measured)[] = [];
  for (const step of measured) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && step.at < last[0].at * ONE_LOAD) last.push(step);
    else groups.push([step]);
  }
  return groups.flatMap((group) => {
    const all = merge(group.map(({ latency }) => latency));
    const ms = quantile(all, q);
    if (ms === null || all.count * (1 - q) < FEWEST_BEYOND) return [];
    const at = group.reduce((sum, one) => sum + one.at * one.latency.count, 0) / all.count;
    const byRun = [...Map.groupBy(group, ({ run }) => run).values()].flatMap(
      (own) => quantile(merge(own.map(({ latency }) => latency)), q) ?? [],
    );
    return [{ at, ms, requests: all.count, range: byRun.length < 2 ? null : ([Math.min(...byRun), Math.max(...byRun)] as const) }];
  });
}
