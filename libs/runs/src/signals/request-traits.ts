import { childrenOf, spansBelow, type Span } from './span-tree.ts';
import { requestsOf, type TracedRequest } from './spans.ts';

/** A span of load, by which requests are told apart. */
export interface LoadSpan {
  readonly step: number;
  readonly offered: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** Where a request's time went, ms. A wait for a connection, or for the CPU, has no span of its own: it is before or between queries. */
export const PARTS = ['before its first query', 'in queries', 'between and after queries', 'without a query'] as const;
export type Part = (typeof PARTS)[number];

/** What can be held against other requests: each of its traits, and where its time went. */
export interface RequestTraits {
  readonly request: TracedRequest;
  readonly traits: readonly Trait[];
  readonly parts: Readonly<Record<Part, number>>;
}

export interface Trait {
  readonly about: 'route' | 'host' | 'status' | 'step' | 'query' | 'most of its time';
  readonly value: string;
}

/** Traits of every traced request, the slowest first. Pure. */
export function traitsOf(spans: readonly Span[], steps: readonly LoadSpan[]): RequestTraits[] {
  const children = childrenOf(spans);
  return requestsOf(spans).map((request) => {
    const queries = spansBelow(request.span, children)
      .filter((span) => span.attributes['db.system.name'] !== undefined)
      .toSorted((a, b) => a.startMs - b.startMs);
    const parts = partsOf(request, queries);
    const most = PARTS.reduce((a, b) => (parts[b] > parts[a] ? b : a));
    const step = steps.find(({ startMs, endMs }) => request.startMs >= startMs && request.startMs < endMs);
    const traits: Trait[] = [
      { about: 'route', value: request.route },
      { about: 'host', value: request.host },
      ...(request.status === null ? [] : [{ about: 'status', value: `${Math.floor(request.status / 100)}xx` } as const]),
      ...(step === undefined ? [] : [{ about: 'step', value: `${step.step}, ${step.offered.toFixed(1)}/s offered` } as const]),
      ...[...new Set(queries.map(({ name }) => name))].map((value) => ({ about: 'query', value }) as const),
      { about: 'most of its time', value: most },
    ];
    return { request, traits, parts };
  });
}

function partsOf({ startMs, durationMs }: TracedRequest, queries: readonly Span[]): Record<Part, number> {
  const parts = { 'before its first query': 0, 'in queries': 0, 'between and after queries': 0, 'without a query': 0 };
  if (queries.length === 0) return { ...parts, 'without a query': durationMs };
  const before = Math.max(0, (queries[0]?.startMs ?? startMs) - startMs);
  const inQueries = covered(queries);
  return {
    ...parts,
    'before its first query': before,
    'in queries': inQueries,
    'between and after queries': Math.max(0, durationMs - before - inQueries),
  };
}

/** Time in which at least one of them goes on, ms; they are in the order they began. */
function covered(spans: readonly Span[]): number {
  let total = 0;
  let until = -Infinity;
  for (const { startMs, endMs } of spans) {
    total += Math.max(0, endMs - Math.max(startMs, until));
    until = Math.max(until, endMs);
  }
  return total;
}
