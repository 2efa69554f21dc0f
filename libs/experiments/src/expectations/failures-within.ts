import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { ACTION, MS } from '../fields.ts';
import { actionOf, count, hostNameOf, words } from '../reading.ts';

/** Failed requests that are listed: those outside the window, or, where there are none, the first. */
const SHOWN = 5;

/**
 * Failed requests all belong to an action: they were under way or due in its window. Time to recover is from the action to the
 * end of the last of them.
 */
export const failuresWithin = defineExpectation({
  kind: 'failures-within',
  input: z.strictObject({ action: ACTION, windowMs: MS, marginMs: MS }),
  sentence: ({ action, windowMs, marginMs }) => ({
    about: 'requests fail only until health checks have reacted',
    expected: `all failures within ${count(windowMs + marginMs)} ms of the ${words(action)} (${count(marginMs)} ms of them are margin)`,
  }),
  observe(observed, { action, windowMs, marginMs }) {
    const { requests } = observed;
    const done = actionOf(observed, action);
    if (done === null) return unseen(`there was no ${words(action)}`);
    const failed = requests.filter((request) => request.failed);
    const outside = failed.filter((request) => request.endMs < done.beganMs || request.dueMs > done.endedMs + windowMs + marginMs);
    const latestMs = Math.max(0, ...failed.map((request) => request.dueMs - done.endedMs));
    const lastMs = failed.length === 0 ? 0 : Math.max(...failed.map((request) => request.endMs)) - done.beganMs;
    return { done, failed, outside, latestMs, lastMs, requests: requests.length };
  },
  judge({ done, failed, outside, latestMs, lastMs, requests }, { action, windowMs, marginMs }) {
    return {
      measured:
        failed.length === 0
          ? `none of ${count(requests)} requests failed`
          : `${count(failed.length)} of ${count(requests)} requests failed, ${count(outside.length)} of them outside this time; recovered after ${count(Math.round(lastMs))} ms`,
      holds: outside.length === 0,
      bounds: atMost(latestMs, windowMs + marginMs).bounds,
      details: (outside.length > 0 ? outside : failed)
        .slice(0, SHOWN)
        .map((request) => `failed ${count(Math.round(request.dueMs - done.beganMs))} ms after ${hostNameOf(done)}’s ${words(action)}`),
      values: { failed: failed.length, requests, outside: outside.length, recoverMs: Math.max(0, lastMs) },
    };
  },
});
