import { expect, it } from '@jest/globals';
import { behind } from './behind.ts';

const points = (...achieved: number[]): Parameters<typeof behind>[0] =>
  achieved.map((one, atMs) => ({ atMs, offered: 100, achieved: one, p50Ms: null, p95Ms: null }));

it('a gap counts when it lasts three seconds', () => {
  expect(behind(points(100, 80, 80, 99, 80, 70, 60, 99))).toEqual({
    top: [null, null, null, null, 100, 100, 100, null],
    bottom: [null, null, null, null, 80, 70, 60, null],
  });
});

it('what arrivals vary by themselves is none, and neither is running ahead', () => {
  expect(behind(points(95, 92, 91, 90, 120)).top).toEqual([null, null, null, null, null]);
  expect(behind([])).toEqual({ top: [], bottom: [] });
});
