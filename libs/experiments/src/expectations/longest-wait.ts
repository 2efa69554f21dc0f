import { z } from 'zod';
import { between } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { ACTION, MS } from '../fields.ts';
import { actionOf, count, words } from '../reading.ts';

/** How long the slowest answer took of those that were under way when an action began, or due within a window after it. */
export const longestWait = defineExpectation({
  kind: 'longest-wait',
  input: z.strictObject({ action: ACTION, windowMs: MS, least: MS, most: MS }),
  sentence: ({ action, least, most }) => ({
    about: `longest wait after the ${words(action)}`,
    expected: least === 0 ? `at most ${count(most)} ms` : `${count(least)} to ${count(most)} ms`,
  }),
  observe({ requests, ...observed }, { action, windowMs }) {
    const done = actionOf({ ...observed, requests }, action);
    if (done === null) return unseen(`there was no ${words(action)}`);
    const after = requests.filter(({ dueMs, endMs }) => endMs >= done.beganMs && dueMs <= done.endedMs + windowMs);
    if (after.length === 0) return unseen('no request was due');
    return { waitMs: Math.max(...after.map(({ dueMs, endMs }) => endMs - dueMs)), requests: after.length };
  },
  judge: ({ waitMs, requests }, range) => ({
    measured: `the slowest of ${count(requests)} requests took ${count(Math.round(waitMs))} ms`,
    ...between(waitMs, range),
    values: { waitMs, requests },
  }),
});
