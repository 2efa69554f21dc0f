import { expect, it } from '@jest/globals';
import type { RunEvent } from '../events.ts';
import { advance, NOTHING_YET } from './live-state.ts';
import { replayOf } from './replay.ts';

const START_MS = 1_000_000;
const live = (second: number, achievedPerS: number): RunEvent => ({
  type: 'live',
  atMs: START_MS + 1000 * second,
  step: 1,
  elapsedS: second,
  startedPerS: 10,
  achievedPerS,
  lateP99Ms: 1,
  dropped: 0,
  closest: [],
  use: [{ host: 'web-1', kind: 'cpu', busy: achievedPerS / 100, limit: 0.1 }],
  latency: null,
  verdictInS: 9,
});
const EVENTS: readonly RunEvent[] = [
  { type: 'host', atMs: START_MS - 5000, host: 'web-1', kind: 'up', detail: '' },
  { type: 'step-started', atMs: START_MS, step: 1, of: 2, kind: 'load', offered: 10, holdS: 4 },
  live(1, 11),
  live(2, 12),
  { type: 'host', atMs: START_MS + 2400, host: 'web-1', kind: 'died', detail: 'killed' },
  live(3, 3),
  live(4.02, 4),
  { type: 'failed', atMs: START_MS + 9000, problem: { what: 'x', why: 'y', do: 'z', code: 'E', exit: 1 } },
];

it('shows at each second what the live page showed then', () => {
  const replay = replayOf(EVENTS);
  expect(replay?.startMs).toBe(START_MS);
  expect(replay?.seconds.map(({ now }) => now?.achievedPerS ?? null)).toEqual([null, 11, 12, 3, 3, 4]);
  expect(replay?.seconds.map(({ hosts }) => hosts.get('web-1')?.kind)).toEqual(['up', 'up', 'up', 'died', 'died', 'died']);
  for (const [second, state] of (replay?.seconds ?? []).entries())
    expect(state).toEqual(EVENTS.filter(({ atMs }) => atMs <= START_MS + 1000 * second).reduce(advance, NOTHING_YET));
});

it('marks what happened under load, and not before it', () => {
  expect(replayOf(EVENTS)?.marks).toEqual([{ atS: 2.4, text: 'web-1 died killed' }]);
});

it('does not tell how the run ended', () => {
  expect(replayOf(EVENTS)?.seconds.at(-1)?.end).toBeNull();
});

it('ends, whatever times a run from elsewhere has', () => {
  const far = { ...live(5, 1), atMs: 8.64e15 };
  expect(replayOf([...EVENTS, far])?.seconds.length).toBeLessThanOrEqual(3 * 3600);
});

it('has nothing to show of a run without load', () => {
  expect(replayOf(EVENTS.filter(({ type }) => type !== 'live'))).toBeNull();
});
