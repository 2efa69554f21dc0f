import { expect, it } from '@jest/globals';
import type { Span } from '@loadstair/runs';
import { waterfall } from './waterfall.ts';

const span = (id: string, parent: string | null, startMs: number, endMs: number, name = id): Span => ({
  trace: 't',
  span: id,
  parent,
  name,
  host: 'web-1',
  startMs,
  endMs,
  failed: false,
  attributes: {},
});

it('a request’s own time is what its children do not cover, however they overlap', () => {
  const rows = waterfall([span('a', null, 100, 200), span('b', 'a', 110, 150), span('c', 'a', 140, 160), span('d', 'b', 120, 130)], 'a');
  expect(rows.map((row) => [row.span.span, row.depth, row.fromMs, row.durationMs, row.ownMs])).toEqual([
    ['a', 0, 0, 100, 50],
    ['b', 1, 10, 40, 30],
    ['d', 2, 20, 10, 10],
    ['c', 1, 40, 20, 20],
  ]);
});

it('own time stands where it was spent', () => {
  const [row] = waterfall([span('a', null, 100, 200), span('b', 'a', 110, 150), span('c', 'a', 140, 160)], 'a');
  expect(row?.own).toEqual([
    { fromMs: 0, durationMs: 10 },
    { fromMs: 60, durationMs: 40 },
  ]);
});

it('many siblings of one name stand in one line', () => {
  const siblings = Array.from({ length: 6 }, (_, index) => span(`q${index}`, 'a', 10 * index, 10 * index + 5, 'SELECT'));
  const rows = waterfall([span('a', null, 0, 100), ...siblings], 'a');
  expect(rows.map(({ times, ownMs, durationMs }) => ({ times, ownMs, durationMs }))).toEqual([
    { times: 1, ownMs: 70, durationMs: 100 },
    { times: 6, ownMs: 30, durationMs: 55 },
  ]);
});

it('what is not there has no waterfall', () => {
  expect(waterfall([span('a', null, 0, 1)], 'b')).toEqual([]);
});
