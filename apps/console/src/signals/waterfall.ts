import type { Span } from '@loadstair/runs';
import { childrenOf, spansBelow } from '@loadstair/runs/span-tree';
import { criticalPath, type Stretch } from './critical-path.ts';
import { timeAxis, type TimeAxis } from './time-axis.ts';

/** A request with all below it, laid out over one axis of time. */
export interface Waterfall {
  readonly top: WaterfallNode;
  readonly axis: TimeAxis;
  /** Moment at the left: when the request was due, where that is known; else when it was first seen. */
  readonly fromMs: number;
  readonly toMs: number;
  /** From when it was due until it was first seen, ms; null where nobody said when it was due. */
  readonly beforeMs: number | null;
  /** What was waited for, the longest first. */
  readonly path: readonly PathPart[];
  readonly spans: number;
}

/** One line of a waterfall, and those below it. Times are epoch ms. */
export interface WaterfallNode extends Stretch {
  /** Unique in the waterfall. */
  readonly key: string;
  readonly kind: 'span' | 'folded' | 'not-traced';
  readonly name: string;
  readonly host: string;
  readonly failed: boolean;
  /** Statement of a query; null of what is none. */
  readonly query: string | null;
  /** Siblings of one name that stand in this line. */
  readonly times: number;
  /** Time not spent in children. */
  readonly own: readonly Stretch[];
  /** Own time in which nobody says what was done. */
  readonly notTraced: readonly Stretch[];
  /** All own time together, ms. */
  readonly ownMs: number;
  /** On the critical path. */
  readonly path: readonly Stretch[];
  readonly below: readonly WaterfallNode[];
}

/** Part of the critical path: what it was spent in, and where. */
export interface PathPart {
  readonly name: string;
  readonly host: string;
  readonly ms: number;
}

/** So many siblings of one name stand in one line. */
const FOLD = 5;
/** A span that waits so long, ms, for nothing that is traced says so. */
const LEAST_NOT_TRACED_MS = 20;
export const NOT_TRACED = 'not traced';
/** Who sent the request, and all that stands before the first host that traces. */
const OUTSIDE = 'on the way';

/** A request and all below it, in the order they began; null when there is no such span. */
export function waterfall(spans: readonly Span[], root: string): Waterfall | null {
  const first = spans.find(({ span }) => span === root);
  if (first === undefined) return null;
  const children = childrenOf(spans);
  const path = criticalPath(spans, first);
  const below = spansBelow(root, children);
  const all = [first, ...below];
  const fromMs = Math.min(first.dueMs ?? first.startMs, first.startMs);
  const toMs = Math.max(...all.map(({ endMs }) => endMs));
  const top = nodeOf(first, children, path);
  const busy = all.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs }));
  return {
    top,
    axis: timeAxis({ fromMs, toMs }, [{ fromMs, toMs: first.startMs }, ...busy]),
    fromMs,
    toMs,
    beforeMs: first.dueMs === undefined ? null : first.startMs - fromMs,
    path: partsOf(all, children, path, first.startMs - fromMs),
    spans: all.length,
  };
}

/** Lines that are seen while some are closed, with how deep each stands. */
export function linesOf(
  top: WaterfallNode,
  isClosed: (node: WaterfallNode) => boolean,
): { readonly node: WaterfallNode; readonly depth: number }[] {
  const lines = (node: WaterfallNode, depth: number): { readonly node: WaterfallNode; readonly depth: number }[] => [
    { node, depth },
    ...(isClosed(node) ? [] : node.below.flatMap((one) => lines(one, depth + 1))),
  ];
  return lines(top, 0);
}

type Children = ReadonlyMap<string, readonly Span[]>;
type Path = ReadonlyMap<string, readonly Stretch[]>;

function nodeOf(span: Span, children: Children, path: Path): WaterfallNode {
  const own = ownTime(span, children);
  const notTraced = notTracedIn(span, children);
  const query = span.attributes['db.query.text'];
  const node: WaterfallNode = {
    key: span.span,
    kind: 'span',
    name: span.name,
    host: span.host,
    failed: span.failed,
    query: typeof query === 'string' ? query : null,
    times: 1,
    fromMs: span.startMs,
    toMs: span.endMs,
    own,
    notTraced,
    ownMs: total(own),
    path: path.get(span.span) ?? [],
    below: foldedSiblings(children.get(span.span) ?? []).flatMap((group) =>
      group.length < FOLD ? group.map((one) => nodeOf(one, children, path)) : [foldedNode(group.map((one) => nodeOf(one, children, path)))],
    ),
  };
  return notTraced.length === 0 ? node : { ...node, below: [...node.below, notTracedNode(node)] };
}

/** Neighbours of one name together. */
function foldedSiblings(children: readonly Span[]): Span[][] {
  const groups: Span[][] = [];
  for (const child of children) {
    const last = groups.at(-1);
    if (last?.[0]?.name === child.name) last.push(child);
    else groups.push([child]);
  }
  return groups;
}

function foldedNode(group: readonly WaterfallNode[]): WaterfallNode {
  const first = group[0] as WaterfallNode;
  return {
    ...first,
    key: `${first.key} folded`,
    kind: 'folded',
    failed: group.some(({ failed }) => failed),
    times: group.length,
    toMs: Math.max(...group.map(({ toMs }) => toMs)),
    own: group.map(({ fromMs, toMs }) => ({ fromMs, toMs })),
    notTraced: group.flatMap(({ notTraced }) => notTraced),
    ownMs: group.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0),
    path: group.flatMap((one) => one.path),
    below: group,
  };
}

function notTracedNode({ key, host, notTraced, path }: WaterfallNode): WaterfallNode {
  return {
    key: `${key} ${NOT_TRACED}`,
    kind: 'not-traced',
    name: NOT_TRACED,
    host,
    failed: false,
    query: null,
    times: 1,
    fromMs: notTraced[0]?.fromMs ?? 0,
    toMs: notTraced.at(-1)?.toMs ?? 0,
    own: [],
    notTraced,
    ownMs: total(notTraced),
    path: path.filter((stretch) => notTraced.some((gap) => stretch.fromMs >= gap.fromMs && stretch.toMs <= gap.toMs)),
    below: [],
  };
}

/** Stretches of a span that none of its children covers. */
function ownTime({ span, startMs, endMs }: Span, children: Children): Stretch[] {
  const own: Stretch[] = [];
  let untilMs = startMs;
  for (const child of [...(children.get(span) ?? []), { startMs: endMs, endMs }]) {
    const toMs = Math.min(child.startMs, endMs);
    if (toMs > untilMs) own.push({ fromMs: untilMs, toMs });
    untilMs = Math.max(untilMs, child.endMs);
  }
  return own;
}

/** A span without children says itself what it did; one with children was doing something long between them that nobody traced. */
function notTracedIn(span: Span, children: Children): Stretch[] {
  if ((children.get(span.span) ?? []).length === 0) return [];
  return ownTime(span, children).filter(({ fromMs, toMs }) => toMs - fromMs >= LEAST_NOT_TRACED_MS);
}

/** The critical path by name and host. */
function partsOf(spans: readonly Span[], children: Children, path: Path, beforeMs: number): PathPart[] {
  const parts = new Map<string, PathPart>();
  const add = (name: string, host: string, ms: number): void => {
    if (ms <= 0) return;
    const key = `${name} ${host}`;
    parts.set(key, { name, host, ms: (parts.get(key)?.ms ?? 0) + ms });
  };
  add(NOT_TRACED, OUTSIDE, beforeMs);
  for (const span of spans) {
    const gaps = notTracedIn(span, children);
    for (const stretch of path.get(span.span) ?? []) {
      const unknown = gaps.some((gap) => stretch.fromMs >= gap.fromMs && stretch.toMs <= gap.toMs);
      add(unknown ? NOT_TRACED : span.name, span.host, stretch.toMs - stretch.fromMs);
    }
  }
  return [...parts.values()].toSorted((a, b) => b.ms - a.ms);
}

function total(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}
