import { describe, expect, it } from '@jest/globals';
import { traitsOf } from './request-traits.ts';
import { slowShare } from './slow-share.ts';
import type { Span } from './span-tree.ts';

const span = (
  id: string,
  parent: string | null,
  startMs: number,
  endMs: number,
  attributes: Span['attributes'] = {},
  host = 'web-1',
): Span => ({
  trace: id,
  span: id,
  parent,
  name: id,
  host,
  startMs,
  endMs,
  failed: false,
  attributes,
});
const query = (id: string, parent: string, startMs: number, endMs: number): Span => ({
  ...span(id, parent, startMs, endMs, { 'db.system.name': 'postgresql' }),
  name: 'feed',
});

/** Requests of some duration each, one a second from `fromS`. */
const requests = (count: number, fromS: number, ms: number, route: string, host = 'web-1'): Span[] =>
  Array.from({ length: count }, (_, index) => {
    const startMs = 1000 * (fromS + index);
    return span(
      `${route} ${host} ${fromS + index}`,
      null,
      startMs,
      startMs + ms,
      { 'http.route': route, 'http.response.status_code': 200 },
      host,
    );
  });

describe('where a request’s time went', () => {
  it('is told by its queries, however they overlap', () => {
    const [only] = traitsOf(
      [span('a', null, 100, 200), span('handler', 'a', 110, 200), query('q1', 'handler', 130, 150), query('q2', 'handler', 140, 160)],
      [{ step: 4, offered: 24.4, startMs: 0, endMs: 1000 }],
    );
    expect(only?.parts).toEqual({ 'before its first query': 30, 'in queries': 30, 'between and after queries': 40, 'without a query': 0 });
    expect(only?.traits).toEqual([
      { about: 'route', value: 'a' },
      { about: 'host', value: 'web-1' },
      { about: 'step', value: '4, 24.4/s offered' },
      { about: 'query', value: 'feed' },
      { about: 'most of its time', value: 'between and after queries' },
    ]);
  });

  it('of one without a query is all one', () => {
    const [only] = traitsOf([span('a', null, 100, 200)], []);
    expect(only?.parts['without a query']).toBe(100);
  });
});

describe('what slow requests share', () => {
  it('is what the rest has not, with its counts', () => {
    const spans = [
      ...requests(40, 0, 20, '/feed'),
      ...requests(20, 100, 900, '/feed', 'web-2'),
      ...requests(20, 200, 20, '/photo', 'web-2'),
    ];
    const found = slowShare(traitsOf(spans, []), 500);
    expect(found).toMatchObject({ slowMs: 500, slowIs: 'slo', slow: 20, rest: 60 });
    // All slow ones are /feed on web-2; two thirds of the rest are /feed, a third is on web-2.
    expect(found?.traits).toEqual([{ about: 'host', value: 'web-2', slow: 20, rest: 20, ratio: 3 }]);
  });

  it('is nothing where the slow are like the rest', () => {
    const spans = [
      ...requests(50, 0, 20, '/feed'),
      ...requests(50, 100, 20, '/photo'),
      ...requests(6, 200, 900, '/feed'),
      ...requests(5, 300, 900, '/photo'),
    ];
    expect(slowShare(traitsOf(spans, []), 500)).toMatchObject({ slow: 11, traits: [] });
  });

  it('is a step where only load is different', () => {
    const spans = [...requests(60, 0, 20, '/feed'), ...requests(20, 100, 900, '/feed')];
    const steps = [
      { step: 1, offered: 8, startMs: 0, endMs: 100_000 },
      { step: 2, offered: 40, startMs: 100_000, endMs: 200_000 },
    ];
    expect(slowShare(traitsOf(spans, steps), 500)?.traits).toEqual([
      { about: 'step', value: '2, 40.0/s offered', slow: 20, rest: 0, ratio: null },
    ]);
  });

  it('takes the slowest tenth where hardly any broke the SLO', () => {
    const spans = [...requests(90, 0, 20, '/feed'), ...requests(10, 100, 100, '/photo')];
    expect(slowShare(traitsOf(spans, []), 500)).toMatchObject({
      slowIs: 'tenth',
      slowMs: 20,
      slow: 10,
      rest: 90,
      traits: [{ about: 'route', value: '/photo', ratio: null }],
      parts: [{ part: 'without a query', slowMs: 100, restMs: 20 }],
    });
  });

  it.each([0, 3, 9])('cannot be told of %i requests', (count) => {
    expect(slowShare(traitsOf(requests(count, 0, 900, '/feed'), []), 500)).toBeNull();
  });
});
