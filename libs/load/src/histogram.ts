/** A mergeable histogram of latencies. Same shape as the one in RunData. */
export interface Histogram {
  readonly scheme: 'log-1.02-from-0.1ms';
  /** Sparse: [bucket, count], ascending. */
  readonly counts: readonly (readonly [number, number])[];
  readonly count: number;
}

const LOWEST_MS = 0.1;
/** Buckets grow by 2 %, so a value is known to within 1 %. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);
/** 0.1 ms · 1.02^800 is two hours. */
const LAST_BUCKET = 800;

export function bucketOf(ms: number): number {
  if (!(ms > LOWEST_MS)) return 0;
  return Math.min(LAST_BUCKET, Math.floor(Math.log(ms / LOWEST_MS) / LOG_GROWTH));
}

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
