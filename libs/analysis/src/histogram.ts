import type { Histogram } from './run-data.ts';

const LOWEST_MS = 0.1;
/** Buckets grow by 2 %, so a value is known to within 1 %. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);
/** 0.1 ms · 1.02^800 is two hours. */
const LAST_BUCKET = 800;

/** The bucket of a latency. */
export function bucketOf(ms: number): number {
  if (!(ms > LOWEST_MS)) return 0;
  return Math.min(LAST_BUCKET, Math.floor(Math.log(ms / LOWEST_MS) / LOG_GROWTH));
}

/** A histogram of latencies, ms. */
export function histogramOf(values: Iterable<number>): Histogram {
  const counts = new Map<number, number>();
  let count = 0;
  for (const value of values) {
    const bucket = bucketOf(value);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    count += 1;
  }
  return { scheme: 'log-1.02-from-0.1ms', counts: [...counts].sort(([a], [b]) => a - b), count };
}

/**
 * Quantile of a histogram, ms: the geometric middle of the bucket that holds the rank ⌈q·n⌉, so it is right to 1 %.
 * Null when the histogram is empty.
 */
export function quantile(histogram: Histogram, q: number): number | null {
  if (histogram.count === 0) return null;
  const rank = Math.max(1, Math.ceil(q * histogram.count));
  let seen = 0;
  for (const [bucket, count] of histogram.counts) {
    seen += count;
    if (seen >= rank) return LOWEST_MS * GROWTH ** (bucket + 0.5);
  }
  return null;
}

/** One histogram of all values of several; percentiles are never averaged, histograms are added. */
export function merge(histograms: readonly Histogram[]): Histogram {
  const counts = new Map<number, number>();
  for (const histogram of histograms) {
    for (const [bucket, count] of histogram.counts) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  }
  return {
    scheme: 'log-1.02-from-0.1ms',
    counts: [...counts].sort(([a], [b]) => a - b),
    count: histograms.reduce((sum, histogram) => sum + histogram.count, 0),
  };
}

/** Share of values above a limit, by whole buckets. */
export function shareAbove(histogram: Histogram, ms: number): number {
  if (histogram.count === 0) return 0;
  let above = 0;
  for (const [bucket, count] of histogram.counts) if (LOWEST_MS * GROWTH ** (bucket + 0.5) > ms) above += count;
  return above / histogram.count;
}
