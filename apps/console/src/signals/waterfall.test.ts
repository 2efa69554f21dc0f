import { expect, it } from '@jest/globals';
import { span } from './testing/span.ts';
import { linesOf, NOT_TRACED, waterfall, type Waterfall, type WaterfallNode } from './waterfall.ts';

const of = (...spans: Parameters<typeof waterfall>[0]): Waterfall => {
  const made = waterfall(spans, 'a');
  if (made === null) throw new Error('there is no span a');
  return made;
};
const all = ({ top }: Waterfall, isClosed: (node: WaterfallNode) => boolean = () => false): ReturnType<typeof linesOf> =>
  linesOf(top, isClosed);

it('a request’s own time is what its children do not cover, however they overlap', () => {
  const lines = all(of(span('a', null, 100, 130), span('b', 'a', 110, 122), span('c', 'a', 120, 125), span('d', 'b', 112, 118)));
  expect(lines.map(({ node, depth }) => [node.key, depth, node.fromMs, node.toMs, node.ownMs])).toEqual([
    ['a', 0, 100, 130, 15],
    ['b', 1, 110, 122, 6],
    ['d', 2, 112, 118, 6],
    ['c', 1, 120, 125, 5],
  ]);
});

it('own time stands where it was spent', () => {
  expect(of(span('a', null, 100, 130), span('b', 'a', 110, 122)).top.own).toEqual([
    { fromMs: 100, toMs: 110 },
    { fromMs: 122, toMs: 130 },
  ]);
});

it('many siblings of one name stand in one line, which opens to all of them', () => {
  const siblings = Array.from({ length: 6 }, (_, index) => span(`q${index}`, 'a', 10 * index, 10 * index + 5, 'SELECT'));
  const made = of(span('a', null, 0, 60), ...siblings);
  const closed = all(made, ({ kind }) => kind === 'folded');
  expect(closed.map(({ node }) => [node.name, node.times, node.ownMs])).toEqual([
    ['a', 1, 30],
    ['SELECT', 6, 30],
  ]);
  expect(all(made)).toHaveLength(8);
});

it('a long time of its own between others is called not traced, a short one is not', () => {
  const made = of(span('a', null, 0, 100), span('b', 'a', 10, 40), span('c', 'a', 70, 95));
  expect(made.top.notTraced).toEqual([{ fromMs: 40, toMs: 70 }]);
  expect(made.top.below.map(({ name, ownMs }) => [name, ownMs])).toEqual([
    ['b', 30],
    ['c', 25],
    [NOT_TRACED, 30],
  ]);
  // Nothing stands below a query: it says itself what it did.
  expect(of(span('a', null, 0, 100)).top.below).toEqual([]);
});

it('begins when it was due, and says how long nobody saw it', () => {
  const late = { ...span('a', null, 100, 160), dueMs: 60 };
  const made = of(late);
  expect([made.fromMs, made.toMs, made.beforeMs]).toEqual([60, 160, 40]);
  expect(made.axis.at(100)).toBeCloseTo(0.4);
  expect(made.path).toEqual([
    { name: 'a', host: 'web-1', ms: 60 },
    { name: NOT_TRACED, host: 'on the way', ms: 40 },
  ]);
  expect(of(span('a', null, 100, 160)).beforeMs).toBeNull();
});

it('adds up what was waited for, the longest first', () => {
  const queries = [span('q1', 'a', 5, 35, 'SELECT'), span('q2', 'a', 40, 90, 'SELECT')];
  expect(of(span('a', null, 0, 100), ...queries).path).toEqual([
    { name: 'SELECT', host: 'web-1', ms: 80 },
    { name: 'a', host: 'web-1', ms: 20 },
  ]);
});

it('what is not there has no waterfall', () => {
  expect(waterfall([span('a', null, 0, 1)], 'b')).toBeNull();
});
