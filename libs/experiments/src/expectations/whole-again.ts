import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { ACTION, MS } from '../fields.ts';
import { actionOf, count, words } from '../reading.ts';

/**
 * After a repair the site serves again, and from some time on every request that is due is answered right. Times are from the beginning of
 * the repair: a database that starts again, for example, replays its log first.
 */
export const wholeAgain = defineExpectation({
  kind: 'whole-again',
  input: z.strictObject({ after: ACTION, withinMs: MS }),
  sentence: ({ after, withinMs }) => ({
    about: `the site recovers after the ${words(after)}`,
    expected: `requests due more than ${count(withinMs)} ms later do not fail`,
  }),
  observe({ requests, ...observed }, { after, withinMs }) {
    const repair = actionOf({ ...observed, requests }, after);
    if (repair === null) return unseen(`there was no ${words(after)}`);
    const right = requests.filter((request) => !request.failed && request.endMs > repair.beganMs).map((request) => request.endMs);
    const failedDue = requests.filter((request) => request.failed).map((request) => request.dueMs);
    const later = requests.filter(({ dueMs }) => dueMs > repair.endedMs + withinMs);
    if (later.length === 0) return unseen('no request was due later');
    return {
      firstMs: right.length === 0 ? null : Math.min(...right) - repair.beganMs,
      lastFailedMs: Math.max(0, Math.max(repair.beganMs, ...failedDue) - repair.beganMs),
      tookMs: repair.endedMs - repair.beganMs,
      later: later.length,
      failedLater: later.filter((request) => request.failed).length,
    };
  },
  judge: ({ firstMs, lastFailedMs, tookMs, later, failedLater }, { after }) => ({
    measured:
      firstMs === null
        ? 'no request was answered'
        : `first correct answer ${count(Math.round(firstMs))} ms after the ${words(after)} began (it took ${count(Math.round(tookMs))} ms), last failed request due after ${count(Math.round(lastFailedMs))} ms; of ${count(later)} requests due later ${count(failedLater)} failed`,
    holds: firstMs !== null && failedLater === 0,
    bounds: atMost(failedLater, 0).bounds,
    values: { firstMs, lastFailedMs, tookMs, later, failedLater },
  }),
});
