import { describe, expect, it } from '@jest/globals';
import { readLogLines } from './log-lines.ts';
import { traitsOf } from './request-traits.ts';
import { childrenOf } from './span-tree.ts';
import { readSpans, requestsOf } from './spans.ts';

const span = (spanId: string, parentSpanId: string, start: number, end: number, attributes: object[] = [], code = 0): object => ({
  traceId: 't1',
  spanId,
  parentSpanId,
  name: `span ${spanId}`,
  startTimeUnixNano: String(start * 1e6),
  endTimeUnixNano: String(end * 1e6),
  attributes,
  status: { code },
});
const exported = (...spans: object[]): string =>
  `${JSON.stringify({
    resourceSpans: [
      { resource: { attributes: [{ key: 'host.name', value: { stringValue: 'web-1' } }] }, scopeSpans: [{ scope: {}, spans }] },
    ],
  })}\n`;
const http = [
  { key: 'http.route', value: { stringValue: '/api/feed' } },
  { key: 'http.response.status_code', value: { intValue: '500' } },
];

it('a span says when its request was due, where the client told', () => {
  const due = (traceState: string): number | undefined => readSpans([exported({ ...span('a', 'client', 0, 40), traceState })])[0]?.dueMs;
  expect(due('loadstair=1764547200123')).toBe(1_764_547_200_123);
  expect(due('other=1,loadstair=1764547200123')).toBe(1_764_547_200_123);
  expect(due('loadstair=soon')).toBeUndefined();
  expect(due('')).toBeUndefined();
});

describe('traces', () => {
  const text =
    exported(span('c', 'b', 12, 15)) + exported(span('b', 'a', 10, 20), span('a', 'client', 0, 40, http, 2), span('z', 'client', 50, 55));
  const spans = readSpans(text.split('\n'));

  it('are requests, the slowest first, although their spans come in any order', () => {
    expect(requestsOf(spans)).toMatchObject([
      { trace: 't1', span: 'a', route: '/api/feed', host: 'web-1', status: 500, startMs: 0, durationMs: 40, spans: 3 },
      { span: 'z', status: null, durationMs: 5, spans: 1 },
    ]);
    expect(spans.find(({ span: id }) => id === 'a')?.failed).toBe(true);
  });

  it('have children in the order they began', () => {
    const both = readSpans([exported(span('late', 'a', 30, 31), span('early', 'a', 1, 2))]);
    expect(
      childrenOf(both)
        .get('a')
        ?.map(({ span: id }) => id),
    ).toEqual(['early', 'late']);
  });
});

describe('traces that nobody of ours wrote', () => {
  const requests = (...lines: string[]): ReturnType<typeof requestsOf> => requestsOf(readSpans(lines));

  it('are left out, line by line and span by span', () => {
    const good = exported(span('a', 'client', 0, 5));
    expect(
      requests('null', '{"resourceSpans":[null]}', '{"resourceSpans":{}}', '{"reso', exported({ spanId: 7 }, span('b', 'x', 0, 1)), good),
    ).toHaveLength(2);
  });

  it('end in bounded time with one id twice, with cycles, and with a chain of any depth', () => {
    const twice = Array.from({ length: 2000 }, (_, n) => [span('same', 'root', 0, 1), span(`c${n}`, 'same', 0, 1)]).flat();
    expect(requests(exported(...twice))).toMatchObject([{ span: 'same', spans: 2001 }]);
    expect(requests(exported(span('a', 'b', 0, 1), span('b', 'a', 0, 1), span('c', 'c', 0, 1)))).toHaveLength(2);
    const chain = Array.from({ length: 50_000 }, (_, n) => span(`s${n}`, n === 0 ? '' : `s${n - 1}`, n, n + 1));
    const [request] = traitsOf(readSpans([exported(...chain)]), []);
    expect(request?.request.spans).toBe(50_000);
  });
});

describe('log lines', () => {
  it('have a level, of programs too that write none', () => {
    const lines = readLogLines([
      '{"level":40,"time":5,"host":"web-1","component":"site","msg":"slow","trace_id":"t1"}',
      '{"time":6,"host":"db-1","component":"postgres","msg":"ERROR: deadlock detected"}',
      '{"level":50,"time":7,"ho',
    ]);
    expect(lines).toMatchObject([
      { atMs: 5, level: 'warning', text: 'slow', trace: 't1' },
      { atMs: 6, level: 'error', host: 'db-1', trace: null },
    ]);
    expect(lines).toHaveLength(2);
  });
});
