import { afterEach, expect, it, jest } from '@jest/globals';
import { deadlineAt } from './deadline.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

it('comes when it was to come, although the clock is set back ten minutes meanwhile', async () => {
  const now = Date.now();
  const deadline = deadlineAt(now + 60);
  jest.spyOn(Date, 'now').mockReturnValue(now - 600_000);
  expect(deadline.leftMs()).toBeLessThanOrEqual(60);
  await deadline.reached(new AbortController().signal);
  expect(deadline.leftMs()).toBeLessThan(5);
});

it('that lies behind has come', async () => {
  expect(deadlineAt(Date.now() - 1000).leftMs()).toBe(0);
  await deadlineAt(Date.now() - 1000).reached(new AbortController().signal);
});
