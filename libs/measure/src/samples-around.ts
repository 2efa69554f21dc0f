import type { Span } from '@loadstair/resources';
import type { Samples } from './samples.ts';

/**
 * Counters are interpolated between readings on both sides of a window, and soft resources are read up to three seconds late, so that
 * their samples are in order of time but for that.
 */
const MARGIN_MS = 10_000;

/**
 * The samples that can tell anything of a window. A site stays up for hours, and what happened before it must not make every look at
 * its last second longer.
 */
export function samplesAround({ readings, soft, probes }: Samples, { startMs, endMs }: Span): Samples {
  const around = <One extends { readonly atMs: number }>(list: readonly One[]): One[] =>
    list.slice(firstAt(list, startMs - MARGIN_MS), firstAt(list, endMs + MARGIN_MS));
  return { readings: around(readings), soft: around(soft), probes: around(probes) };
}

/** Index of the first at or after a moment; the length where there is none. */
export function firstAt(list: readonly { readonly atMs: number }[], atMs: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as { readonly atMs: number }).atMs < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
