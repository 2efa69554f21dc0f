import type { Span } from '@loadstair/runs';

/** One line of a waterfall. */
export interface WaterfallRow {
  readonly span: Span;
  readonly depth: number;
  /** From the begin of the request, ms. */
  readonly fromMs: number;
  readonly durationMs: number;
  /** Not spent in children, ms. */
  readonly ownMs: number;
  /** Siblings of one name that stand in this line. */
  readonly times: number;
}

/** So many siblings of one name stand in one line. */
const FOLD = 5;

/** A request and all below it, in the order they began; depth first. */
export function waterfall(spans: readonly Span[], root: string): WaterfallRow[] {
  const first = spans.find(({ span }) => span === root);
  if (first === undefined) return [];
  const below = (span: string): Span[] => spans.filter(({ parent }) => parent === span).sort((a, b) => a.startMs - b.startMs);
  const rows = (span: Span, depth: number): WaterfallRow[] => {
    const children = below(span.span);
    return [
      {
        span,
        depth,
        fromMs: span.startMs - first.startMs,
        durationMs: span.endMs - span.startMs,
        ownMs: span.endMs - span.startMs - covered(children, span),
        times: 1,
      },
      ...folded(children).flatMap((group) =>
        group.length < FOLD ? group.flatMap((child) => rows(child, depth + 1)) : [foldedRow(group, depth + 1, first)],
      ),
    ];
  };
  return rows(first, 0);
}

/** Neighbours of one name together. */
function folded(children: readonly Span[]): Span[][] {
  const groups: Span[][] = [];
  for (const child of children) {
    const last = groups.at(-1);
    if (last?.[0]?.name === child.name) last.push(child);
    else groups.push([child]);
  }
  return groups;
}

function foldedRow(group: readonly Span[], depth: number, first: Span): WaterfallRow {
  const span = group[0] as Span;
  const endMs = Math.max(...group.map((one) => one.endMs));
  return {
    span,
    depth,
    fromMs: span.startMs - first.startMs,
    durationMs: endMs - span.startMs,
    ownMs: group.reduce((sum, one) => sum + one.endMs - one.startMs, 0),
    times: group.length,
  };
}

/** Time inside a span that at least one of its children covers, ms. */
function covered(children: readonly Span[], span: Span): number {
  let sum = 0;
  let until = span.startMs;
  for (const child of children) {
    const from = Math.max(child.startMs, until);
    const to = Math.min(child.endMs, span.endMs);
    if (to > from) sum += to - from;
    until = Math.max(until, to);
  }
  return sum;
}
