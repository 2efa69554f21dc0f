import { merge, quantile, type RunData, type Slo } from '@loadstair/analysis';

/** Latency near one load, of all runs of an arm together. */
export interface LatencyPoint {
  /** Offered, arrivals/s. */
  readonly load: number;
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

/** Latency over offered load; percentiles are never averaged, histograms are added. Lowest load first. Pure. */
export function latencyCurve(runs: readonly RunData[], { quantile: q }: Pick<Slo, 'quantile'>): LatencyPoint[] {
  const measured = runs
    .flatMap((run) =>
      run.steps
        .filter(({ kind, offered }) => (kind === 'load' || kind === 'trial') && offered > 0)
        .map(({ offered, load }) => ({ run: run.run, offered, latency: load.latency })),
    )
    .toSorted((a, b) => a.offered - b.offered);
  const groups: (typeof measured)[] = [];
  for (const step of measured) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && step.offered < last[0].offered * ONE_LOAD) last.push(step);
    else groups.push([step]);
  }
  return groups.flatMap((group) => {
    const all = merge(group.map(({ latency }) => latency));
    const ms = quantile(all, q);
    if (ms === null || all.count * (1 - q) < FEWEST_BEYOND) return [];
    const load = group.reduce((sum, { offered, latency }) => sum + offered * latency.count, 0) / all.count;
    const byRun = [...Map.groupBy(group, ({ run }) => run).values()].flatMap(
      (own) => quantile(merge(own.map(({ latency }) => latency)), q) ?? [],
    );
    return [{ load, ms, requests: all.count, range: byRun.length < 2 ? null : ([Math.min(...byRun), Math.max(...byRun)] as const) }];
  });
}
