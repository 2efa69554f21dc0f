/** A piece of work of one program inside a trace. */
export interface Span {
  readonly trace: string;
  readonly span: string;
  /** Null, or a span that may be elsewhere. */
  readonly parent: string | null;
  readonly name: string;
  readonly host: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** When its request was due, epoch ms, as the client says; runs before December 2026 do not tell. */
  readonly dueMs?: number;
}

/** Children of each span, in the order they began. */
export function childrenOf(spans: readonly Span[]): ReadonlyMap<string, readonly Span[]> {
  const children = new Map<string, Span[]>();
  for (const span of spans) {
    if (span.parent === null) continue;
    const own = children.get(span.parent);
    if (own === undefined) children.set(span.parent, [span]);
    else own.push(span);
  }
  for (const own of children.values()) own.sort((a, b) => a.startMs - b.startMs);
  return children;
}

/** All spans below one, parents before their children; no recursion, so that a trace may be as deep as it is. */
export function spansBelow(span: string, children: ReadonlyMap<string, readonly Span[]>): Span[] {
  const below = [...(children.get(span) ?? [])];
  const seen = new Set([span]);
  for (let at = 0; at < below.length; at += 1) {
    const { span: id } = below[at] as Span;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const child of children.get(id) ?? []) below.push(child);
  }
  return below;
}
