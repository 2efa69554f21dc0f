import { expect, it } from '@jest/globals';
import type { RunEvent } from '../events.ts';
import { runOverTime } from './over-time.ts';

const started = (atMs: number, offered: number): RunEvent => ({
  type: 'step-started',
  atMs,
  step: 1,
  of: 2,
  kind: 'load',
  offered,
  holdS: 15,
});
const live = (atMs: number, elapsedS: number, achievedPerS: number, p95Ms: number | null): RunEvent => ({
  type: 'live',
  atMs,
  step: 1,
  elapsedS,
  startedPerS: achievedPerS,
  achievedPerS,
  lateP99Ms: 1,
  dropped: 0,
  closest: [],
  use: [
    { host: 'web-1', kind: 'cpu', busy: 0.4, limit: null },
    { host: 'db-1', kind: 'cpu', busy: 0.7, limit: null },
  ],
  latency: p95Ms === null ? null : { p50Ms: 5, p95Ms, requests: 20 },
  verdictInS: 60,
});

it('counts from the moment load began, with the load that was offered then', () => {
  const over = runOverTime([
    { type: 'action', atMs: 5_000, text: 'before load' },
    started(10_000, 8),
    live(11_000, 1, 7.5, null),
    { type: 'action', atMs: 11_500, text: 'crashed web-1' },
    live(12_000, 2, 8, 40),
    started(25_000, 16),
    live(26_000, 1, 15, 60),
  ]);
  expect(over).toEqual({
    points: [
      { atS: 1, offered: 8, achieved: 7.5, p95Ms: null, busiest: 0.7 },
      { atS: 2, offered: 8, achieved: 8, p95Ms: 40, busiest: 0.7 },
      { atS: 16, offered: 16, achieved: 15, p95Ms: 60, busiest: 0.7 },
    ],
    marks: [{ atS: 1.5, text: 'crashed web-1' }],
  });
});

it('has nothing of a run that never came to load', () => {
  expect(runOverTime([started(10_000, 8)])).toEqual({ points: [], marks: [] });
});
