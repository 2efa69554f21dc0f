import { expect, it } from '@jest/globals';
import { criticalPath } from './critical-path.ts';
import { span } from './testing/span.ts';

const pathOf = (...spans: Parameters<typeof criticalPath>[0]): Record<string, [number, number][]> =>
  Object.fromEntries(
    [...criticalPath(spans, spans[0] as (typeof spans)[number])].map(([id, stretches]) => [
      id,
      stretches.map(({ fromMs, toMs }): [number, number] => [fromMs, toMs]),
    ]),
  );

it('a request alone is its own path', () => {
  expect(pathOf(span('a', null, 0, 100))).toEqual({ a: [[0, 100]] });
});

it('one after the other are all on it, with what the request did in between', () => {
  expect(pathOf(span('a', null, 0, 100), span('b', 'a', 10, 40), span('c', 'a', 50, 90))).toEqual({
    a: [
      [0, 10],
      [40, 50],
      [90, 100],
    ],
    b: [[10, 40]],
    c: [[50, 90]],
  });
});

it('of those side by side, the last to end', () => {
  expect(pathOf(span('a', null, 0, 100), span('b', 'a', 10, 60), span('c', 'a', 10, 90))).toEqual({
    a: [
      [0, 10],
      [90, 100],
    ],
    c: [[10, 90]],
  });
});

it('what goes on after the request has ended was not waited for', () => {
  expect(pathOf(span('a', null, 0, 100), span('b', 'a', 50, 400))).toEqual({ a: [[0, 100]] });
});

it('goes down to what a child waited for', () => {
  expect(pathOf(span('a', null, 0, 100), span('b', 'a', 0, 100), span('c', 'b', 20, 80))).toEqual({
    b: [
      [0, 20],
      [80, 100],
    ],
    c: [[20, 80]],
  });
});
