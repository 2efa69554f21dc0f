import type { SeriesData } from './panel-data.ts';

/** A span in which a series kept one value; grid positions, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** Equal neighbours become one span; where there is no value there is none. */
export function spansOf({ values }: SeriesData): Span[] {
  const spans: { from: number; to: number; value: number }[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const open = spans.at(-1);
    if (open !== undefined && open.to === index && open.value === value) open.to = index + 1;
    else spans.push({ from: index, to: index + 1, value });
  }
  return spans;
}

/** Whether something held, over the grid: an annotation holds while it has a value. */
export function heldSpans({ values }: SeriesData): Span[] {
  return spansOf({ labels: {}, values: values.map((value) => (value === null ? null : 1)) });
}
