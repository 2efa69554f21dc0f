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
}

/** A request as its trace tells it: the span that came in, and all below it. */
export interface TracedRequest {
  readonly trace: string;
  readonly span: string;
  /** `GET /api/feed` */
  readonly name: string;
  readonly route: string;
  readonly host: string;
  readonly status: number | null;
  readonly startMs: number;
  readonly durationMs: number;
  /** Spans in it. */
  readonly spans: number;
}

interface ExportedAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Exported {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly ExportedAttribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly traceId: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly name: string;
        readonly startTimeUnixNano: string;
        readonly endTimeUnixNano: string;
        readonly attributes?: readonly ExportedAttribute[];
        readonly status?: { readonly code?: number };
      }[];
    }[];
  }[];
}

/** OTLP's STATUS_CODE_ERROR. */
const STATUS_ERROR = 2;
const NANOS_A_MS = 1e6;

/** Spans of OTLP's JSON encoding, one export a line (opentelemetry.io/docs/specs/otlp). */
export function readSpans(text: string): Span[] {
  return text
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => (JSON.parse(line) as Exported).resourceSpans)
    .flatMap(({ resource, scopeSpans }) => {
      const host = String(plain(resource.attributes)['host.name'] ?? '');
      return scopeSpans
        .flatMap(({ spans }) => spans)
        .map((one) => ({
          trace: one.traceId,
          span: one.spanId,
          parent: one.parentSpanId ?? null,
          name: one.name,
          host,
          startMs: Number(one.startTimeUnixNano) / NANOS_A_MS,
          endMs: Number(one.endTimeUnixNano) / NANOS_A_MS,
          failed: one.status?.code === STATUS_ERROR,
          attributes: plain(one.attributes ?? []),
        }));
    });
}

function plain(attributes: readonly ExportedAttribute[]): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const [kind, found] = Object.entries(value)[0] ?? ['stringValue', ''];
      return [key, kind === 'intValue' || kind === 'doubleValue' ? Number(found) : String(found)];
    }),
  );
}

/** Every request of the spans, the slowest first. */
export function requestsOf(spans: readonly Span[]): TracedRequest[] {
  const children = childrenOf(spans);
  const known = new Set(spans.map(({ span }) => span));
  return spans
    .filter(({ parent }) => parent === null || !known.has(parent))
    .map((root) => ({
      trace: root.trace,
      span: root.span,
      name: root.name,
      route: String(root.attributes['http.route'] ?? root.name),
      host: root.host,
      status: typeof root.attributes['http.response.status_code'] === 'number' ? root.attributes['http.response.status_code'] : null,
      startMs: root.startMs,
      durationMs: root.endMs - root.startMs,
      spans: countBelow(root.span, children),
    }))
    .sort((a, b) => b.durationMs - a.durationMs);
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

function countBelow(span: string, children: ReadonlyMap<string, readonly Span[]>): number {
  return 1 + (children.get(span) ?? []).reduce((sum, child) => sum + countBelow(child.span, children), 0);
}
