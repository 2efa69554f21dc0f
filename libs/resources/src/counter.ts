/** Arithmetic on cumulative counters that were read at uneven times. */

export interface Point {
  readonly atMs: number;
  readonly value: number;
}

/** A stretch of time, epoch ms. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** A span that is looked at block by block. */
export interface Window extends Span {
  /** Length of the blocks that tile the window, s. */
  readonly blockS: number;
}

/**
 * Value of a counter at a time between two readings, by linear interpolation; outside the readings, the nearest one.
 * Null when there is no reading at all.
 *
 * @param points readings in ascending time
 */
export function counterAt(points: readonly Point[], atMs: number): number | null {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  if (atMs <= first.atMs) return first.value;
  if (atMs >= last.atMs) return last.value;
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((points[middle] as Point).atMs <= atMs) low = middle;
    else high = middle;
  }
  const before = points[low] as Point;
  const after = points[high] as Point;
  const share = (atMs - before.atMs) / (after.atMs - before.atMs);
  return before.value + share * (after.value - before.value);
}

/** Growth of a counter over a window, or null when the readings do not reach into it. */
export function growth(points: readonly Point[], startMs: number, endMs: number): number | null {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || last.atMs <= startMs || first.atMs >= endMs) return null;
  const from = counterAt(points, startMs);
  const to = counterAt(points, endMs);
  return from === null || to === null ? null : Math.max(0, to - from);
}

/** Mean of a gauge's readings inside a window, or null when there are none. */
export function meanWithin(points: readonly Point[], startMs: number, endMs: number): number | null {
  let sum = 0;
  let count = 0;
  for (const point of points) {
    if (point.atMs < startMs || point.atMs > endMs) continue;
    sum += point.value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

/** The last reading inside a window, or null. */
export function lastWithin(points: readonly Point[], startMs: number, endMs: number): number | null {
  let found: number | null = null;
  for (const point of points) if (point.atMs >= startMs && point.atMs <= endMs) found = point.value;
  return found;
}
