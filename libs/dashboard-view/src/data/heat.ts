import type { SeriesData } from './panel-data.ts';

/** Counts by bucket and time, from a cumulative histogram. */
export interface HeatGrid {
  /** Upper bounds of the buckets, ascending; the last may be infinite. */
  readonly bounds: readonly number[];
  /** `counts[bucket][time]`; null where nothing was measured. */
  readonly counts: readonly (readonly (number | null)[])[];
  readonly highest: number;
}

/** Prometheus's buckets count all below their bound (`le`); a row of the picture has what its own bucket adds. */
export function heatOf(series: readonly SeriesData[]): HeatGrid {
  const sorted = series
    .map(({ labels, values }) => ({ bound: boundOf(labels['le'] ?? ''), values }))
    .filter(({ bound }) => !Number.isNaN(bound))
    .sort((a, b) => a.bound - b.bound);
  const counts = sorted.map(({ values }, bucket) =>
    values.map((value, time) => {
      if (value === null) return null;
      // Buckets are read one after the other, so a lower one can be ahead for a moment.
      return Math.max(0, value - (sorted[bucket - 1]?.values[time] ?? 0));
    }),
  );
  return {
    bounds: sorted.map(({ bound }) => bound),
    counts,
    highest: counts.flat().reduce<number>((most, count) => Math.max(most, count ?? 0), 0),
  };
}

function boundOf(le: string): number {
  return le === '+Inf' ? Number.POSITIVE_INFINITY : Number.parseFloat(le);
}

/** Class of a count, 0 for the palest of `classes`; null for none. The root makes small counts visible beside large ones. */
export function heatClass(count: number | null, highest: number, classes: number): number | null {
  if (count === null || count <= 0 || highest <= 0) return null;
  return Math.min(classes - 1, Math.floor(Math.sqrt(count / highest) * classes));
}
