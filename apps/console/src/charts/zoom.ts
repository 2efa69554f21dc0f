/** Part of an axis that is looked at, in the axis' own unit. */
export interface AxisSpan {
  readonly from: number;
  readonly to: number;
}

/** A drag that is shorter is a press, px. */
export const SHORTEST_DRAG_PX = 8;

/** More of the axis around the middle of what is shown, or less; null is all of it. */
export function zoomed(whole: AxisSpan, shown: AxisSpan | null, factor: number, least: number): AxisSpan | null {
  const { from, to } = shown ?? whole;
  const half = Math.max(least, (to - from) * factor) / 2;
  const middle = (from + to) / 2;
  return within(whole, { from: middle - half, to: middle + half });
}

/** The same length of the axis, half of it further on or back. */
export function moved(whole: AxisSpan, shown: AxisSpan, direction: 1 | -1): AxisSpan | null {
  const by = (direction * (shown.to - shown.from)) / 2;
  return within(whole, { from: shown.from + by, to: shown.to + by });
}

/** Where a drag between two places of the axis looks, each a share of what is shown; null is a drag that chose nothing. */
export function dragged(shown: AxisSpan, a: number, b: number, least: number): AxisSpan | null {
  const at = (share: number): number => shown.from + Math.min(1, Math.max(0, share)) * (shown.to - shown.from);
  const span = { from: at(Math.min(a, b)), to: at(Math.max(a, b)) };
  return span.to - span.from < least ? null : span;
}

/** As long as it was, pushed inside; null when nothing of the whole is left out. */
function within(whole: AxisSpan, { from, to }: AxisSpan): AxisSpan | null {
  const length = Math.min(to - from, whole.to - whole.from);
  if (length >= whole.to - whole.from) return null;
  const begin = Math.min(Math.max(whole.from, from), whole.to - length);
  return { from: begin, to: begin + length };
}
