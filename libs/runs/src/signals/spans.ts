import { z } from 'zod';
import { parseForeign } from '../foreign/clean-text.ts';
import { childrenOf, spansBelow, type Span } from './span-tree.ts';

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

/** More spans than this are not read of one run. */
const MOST_SPANS = 100_000;
const ID = z.string().min(1).max(64);
const NANOS = z.union([z.string().regex(/^\d{1,20}$/), z.number().min(0)]);
const ATTRIBUTES = z
  .array(z.object({ key: z.string().max(200), value: z.record(z.string(), z.unknown()) }))
  .max(128)
  .default([]);

/** What is read of a span in OTLP's JSON encoding. */
const EXPORTED_SPAN = z.object({
  traceId: ID,
  spanId: ID,
  parentSpanId: z.string().max(64).nullish(),
  traceState: z.string().max(512).nullish(),
  name: z.string().max(2000),
  startTimeUnixNano: NANOS,
  endTimeUnixNano: NANOS,
  attributes: ATTRIBUTES,
  status: z.object({ code: z.number().optional() }).nullish(),
});
const EXPORTED = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: ATTRIBUTES }),
      scopeSpans: z.array(z.object({ spans: z.array(z.unknown()) })),
    }),
  ),
});
type ExportedAttributes = z.infer<typeof ATTRIBUTES>;

/** OTLP's STATUS_CODE_ERROR. */
const STATUS_ERROR = 2;
const NANOS_A_MS = 1e6;

/**
 * Spans of OTLP's JSON encoding, one export a line (opentelemetry.io/docs/specs/otlp). Whatever is none is left out, and so is a
 * second span with the id of another; a span that is its own ancestor has no parent. So spans form trees.
 */
export function readSpans(lines: readonly string[]): Span[] {
  const spans = new Map<string, Span>();
  for (const line of lines) {
    for (const span of spansIn(line)) {
      if (spans.size === MOST_SPANS) return withoutCycles(spans);
      if (!spans.has(span.span)) spans.set(span.span, span);
    }
  }
  return withoutCycles(spans);
}

/** Whether something is an export of spans that readers can read. */
export function isExport(value: unknown): boolean {
  return EXPORTED.safeParse(value).success;
}

function spansIn(line: string): Span[] {
  let raw: unknown;
  try {
    raw = parseForeign(line);
  } catch {
    // Torn by a power loss, or nothing of ours.
    return [];
  }
  const exported = EXPORTED.safeParse(raw);
  if (!exported.success) return [];
  return exported.data.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const host = String(plain(resource.attributes)['host.name'] ?? '');
    return scopeSpans.flatMap(({ spans }) => spans.flatMap((span) => spanIn(span, host)));
  });
}

function spanIn(raw: unknown, host: string): Span[] {
  const parsed = EXPORTED_SPAN.safeParse(raw);
  if (!parsed.success) return [];
  const { data } = parsed;
  return [
    {
      trace: data.traceId,
      span: data.spanId,
      parent: data.parentSpanId ?? null,
      name: data.name,
      host,
      startMs: Number(data.startTimeUnixNano) / NANOS_A_MS,
      endMs: Number(data.endTimeUnixNano) / NANOS_A_MS,
      failed: data.status?.code === STATUS_ERROR,
      attributes: plain(data.attributes),
      ...dueIn(data.traceState ?? ''),
    },
  ];
}

/** The client's own entry in a W3C `tracestate`: epoch ms (loadprofiles/lib/send.ts). */
const DUE = /(?:^|,)\s*loadstair=(\d{13})\s*(?:,|$)/;

function dueIn(traceState: string): Pick<Span, 'dueMs'> {
  const due = DUE.exec(traceState)?.[1];
  return due === undefined ? {} : { dueMs: Number(due) };
}

/** The same spans; where going up from one comes back to it, the way is cut. */
function withoutCycles(spans: ReadonlyMap<string, Span>): Span[] {
  const rooted = new Set<string>();
  const cut = new Set<string>();
  for (const first of spans.keys()) {
    const way = new Set<string>();
    let at: string | null = first;
    while (at !== null && !rooted.has(at) && spans.has(at)) {
      way.add(at);
      const parent: string | null = spans.get(at)?.parent ?? null;
      if (parent !== null && way.has(parent)) {
        cut.add(at);
        break;
      }
      at = parent;
    }
    for (const id of way) rooted.add(id);
  }
  return [...spans.values()].map((span) => (cut.has(span.span) ? { ...span, parent: null } : span));
}

function plain(attributes: ExportedAttributes): Record<string, string | number> {
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
      spans: 1 + spansBelow(root.span, children).length,
    }))
    .sort((a, b) => b.durationMs - a.durationMs);
}
