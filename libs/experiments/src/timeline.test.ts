import { expect, it } from '@jest/globals';
import { crashed, observed, requests, seen } from './testing/observed.ts';
import { timelineOf } from './timeline.ts';

it('counts requests and failures in the second they were due in', () => {
  const timeline = timelineOf(observed({ requests: requests(10_000, 11_500) }));
  expect(timeline?.sliceS).toBe(1);
  expect(timeline?.requests).toEqual(Array.from({ length: 20 }, () => 10));
  expect(timeline?.failed).toEqual([...Array.from({ length: 10 }, () => 0), 10, 5, ...Array.from({ length: 8 }, () => 0)]);
});

it('counts an arrival as completed in the second its last request ended in', () => {
  const [first, ...rest] = requests();
  if (first === undefined) throw new Error('no request');
  const timeline = timelineOf(observed({ requests: [{ ...first, endMs: 3_500, last: true }, ...rest] }));
  expect(timeline?.completed.indexOf(1)).toBe(3);
  expect(timeline?.completed.reduce((sum, one) => sum + one, 0)).toBe(1);
});

it('takes the latency of a second from its neighbours as well, and gives none where too few requests were due', () => {
  const slow = requests().map((one) => ({ ...one, endMs: one.dueMs + (one.dueMs >= 5_000 && one.dueMs < 6_000 ? 900 : 20) }));
  const timeline = timelineOf(observed({ requests: slow }));
  expect(timeline?.quantileMs.slice(3, 8)).toEqual([20, 900, 900, 900, 20]);
  expect(timeline?.medianMs[5]).toBe(20);
  const few = timelineOf(observed({ requests: requests().filter((_, index) => index % 10 === 0) }));
  expect(few?.quantileMs.every((ms) => ms === null)).toBe(true);
  expect(few?.medianMs.every((ms) => ms === null)).toBe(true);
});

it('marks what was done under load with its sentence, and leaves out what was done before', () => {
  const before = { ...crashed, beganMs: -2_000, endedMs: -1_000, text: 'web.count=3' };
  const timeline = timelineOf(observed({ requests: requests(), actions: [before, { ...crashed, text: 'web-1 crashed' }] }));
  expect(timeline?.marks).toEqual([{ action: 'crash', text: 'web-1 crashed', beganMs: 10_000, endedMs: 10_040 }]);
  expect(timeline?.phases.map(({ name, offered }) => [name, offered])).toEqual([
    ['a', 20],
    ['b', 20],
  ]);
});

it('marks an action of the first phase at its beginning, though it began a moment before', () => {
  const early = { ...crashed, phase: 'a', beganMs: -30, endedMs: -10, text: 'web-1 crashed' };
  expect(timelineOf(observed({ requests: requests(), actions: [early] }))?.marks).toEqual([
    { action: 'crash', text: 'web-1 crashed', beganMs: 0, endedMs: 0 },
  ]);
});

it('has longer slices where an experiment takes long, and at most 600 of them', () => {
  const long = { ...seen('long', 0), endMs: 1_100_000 };
  const timeline = timelineOf(observed({ phases: [long], requests: requests() }));
  expect(timeline?.sliceS).toBe(2);
  expect(timeline?.requests).toHaveLength(550);
  expect(timeline?.requests[0]).toBe(20);
});

it('is none where there was no load', () => {
  expect(timelineOf(observed({ phases: [], requests: [] }))).toBeNull();
});
