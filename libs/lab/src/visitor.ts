import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { visitSite } from '@loadstair/runtime';
import type { Placement } from '@loadstair/topology';

/** A visitor with a stopwatch: looks the site's name up, asks the address it got, and keeps both as a trace. */
export interface Visitor {
  stop(): Promise<void>;
}

export interface VisitorOptions {
  readonly placement: () => Placement;
  /** Takes one trace, as OTLP in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */
  readonly onTrace: (exported: unknown) => void;
  /** Seconds the look-up took. */
  readonly onLookup: (seconds: number) => void;
}

/** Seldom enough that a small host does not feel it: a visit costs it some 2 ms of CPU. */
const EVERY_MS = 10_000;
const SPAN_KIND_CLIENT = 3;
const STATUS_ERROR = 2;

interface Span {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly error: string | null;
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** Visits until it is stopped; a visit that fails is a trace with an error, not an error of the lab. */
export function startVisitor(options: VisitorOptions): Visitor {
  const stopping = new AbortController();
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await visit(options);
      await delay(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

async function visit({ placement, onTrace, onLookup }: VisitorOptions): Promise<void> {
  const { siteName } = placement();
  const traceId = randomBytes(16).toString('hex');
  const requestId = randomBytes(8).toString('hex');
  const { lookup, asked } = await visitSite(placement(), {
    name: siteName,
    path: '/users/12',
    headers: { traceparent: `00-${traceId}-${requestId}-01` },
  });
  if (lookup.error === null) onLookup((lookup.endMs - lookup.startMs) / 1000);
  const address = lookup.value;
  const spans: readonly (Span & { readonly id: string })[] = [
    {
      id: randomBytes(8).toString('hex'),
      name: 'look-up',
      ...lookup,
      attributes: { 'dns.question.name': siteName, ...(address === null ? {} : { 'network.peer.address': address }) },
    },
    ...(asked === null
      ? []
      : [
          {
            id: requestId,
            name: 'GET /users/12',
            ...asked,
            attributes: {
              'http.request.method': 'GET',
              ...(asked.value === null ? {} : { 'http.response.status_code': asked.value.status }),
            },
          },
        ]),
  ];
  onTrace(exported(traceId, `visit ${siteName}`, spans));
}

/** A root span over the others, as a service would export it. */
function exported(traceId: string, name: string, spans: readonly (Span & { readonly id: string })[]): unknown {
  const rootId = randomBytes(8).toString('hex');
  const nanos = (ms: number): string => String(Math.round(ms * 1e6));
  const attributesOf = (attributes: Span['attributes']): unknown[] =>
    Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
    }));
  const one = (id: string, parentSpanId: string | undefined, span: Span): unknown => ({
    traceId,
    spanId: id,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name: span.name,
    kind: SPAN_KIND_CLIENT,
    startTimeUnixNano: nanos(span.startMs),
    endTimeUnixNano: nanos(span.endMs),
    attributes: attributesOf(span.attributes),
    status: span.error === null ? {} : { code: STATUS_ERROR, message: span.error },
  });
  const root: Span = {
    name,
    startMs: Math.min(...spans.map((span) => span.startMs)),
    endMs: Math.max(...spans.map((span) => span.endMs)),
    error: spans.find((span) => span.error !== null)?.error ?? null,
    attributes: {},
  };
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ 'service.name': 'client', 'host.name': 'client' }) },
        scopeSpans: [
          {
            scope: { name: 'loadstair.visitor' },
            spans: [one(rootId, undefined, root), ...spans.map((span) => one(span.id, rootId, span))],
          },
        ],
      },
    ],
  };
}
