import type { Span } from '@loadstair/runs';

/** One line of a waterfall. */
export interface WaterfallRow {
  readonly span: Span;
  readonly depth: number;
  /** From the begin of the request, ms. */
  readonly fromMs: number;
  readonly durationMs: number;
  /** Spans of time not spent in children, from the begin of the request. */
  readonly own: readonly { readonly fromMs: number; readonly durationMs: number }[];
  /** All of them together, ms. */
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
    const own = uncovered(children, span).map(({ fromMs, durationMs }) => ({ fromMs: fromMs - first.startMs, durationMs }));
    return [
      {
        span,
        depth,
        fromMs: span.startMs - first.startMs,
        durationMs: span.endMs - span.startMs,
        own,
        ownMs: own.reduce((sum, { durationMs }) => sum + durationMs, 0),
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
    own: group.map((one) => ({ fromMs: one.startMs - first.startMs, durationMs: one.endMs - one.startMs })),
    ownMs: group.reduce((sum, one) => sum + one.endMs - one.startMs, 0),
    times: group.length,
  };
}

/** Spans of time inside a span that none of its children covers. */
function uncovered(children: readonly Span[], span: Span): { readonly fromMs: number; readonly durationMs: number }[] {
  const gaps: { fromMs: number; durationMs: number }[] = [];
  let until = span.startMs;
  for (const { startMs, endMs } of [...children, { startMs: span.endMs, endMs: span.endMs }]) {
    const to = Math.min(startMs, span.endMs);
    if (to > until) gaps.push({ fromMs: until, durationMs: to - until });
    until = Math.max(until, endMs);
  }
  return gaps;
}
