import { expect, it } from '@jest/globals';
import { crashed, observed, requests } from '../testing/observed.ts';
import { longestWait } from './longest-wait.ts';

const wait = longestWait({ action: 'crash', windowMs: 1_000, least: 500, most: 3_000 });

it.each([
  { about: 'one that waited for its limit', dueMs: 10_200, tookMs: 510, holds: true },
  { about: 'one that was under way', dueMs: 9_900, tookMs: 700, holds: true },
  { about: 'one that waited longer', dueMs: 10_200, tookMs: 3_010, holds: false },
  { about: 'one long before', dueMs: 5_000, tookMs: 700, holds: false },
  { about: 'one long after', dueMs: 11_100, tookMs: 700, holds: false },
])('the longest wait after an action: $about', ({ dueMs, tookMs, holds }) => {
  const slow = { dueMs, endMs: dueMs + tookMs, failed: false };
  expect(wait.judge(observed({ actions: [crashed], requests: [...requests(), slow] })).holds).toBe(holds);
});

it('is not known without the action, or without requests', () => {
  expect(wait.judge(observed({ requests: requests() })).holds).toBeNull();
  expect(wait.judge(observed({ actions: [crashed] })).holds).toBeNull();
});
