import { z } from 'zod';
import { allHold, atLeast, atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { ACTION } from '../fields.ts';
import { actionOf, count, dueWithin } from '../reading.ts';

/** From one action on, until another has ended, every request fails; before the first none did. */
export const downBetween = defineExpectation({
  kind: 'down-between',
  input: z.strictObject({ from: ACTION, until: ACTION }),
  sentence: ({ from, until }) => ({
    about: `the site is down from the ${from} until the ${until}`,
    expected: 'every request fails; none failed before',
  }),
  observe(observed, { from, until }) {
    const began = actionOf(observed, from);
    const ended = actionOf(observed, until);
    if (began === null || ended === null) return unseen(`there was no ${began === null ? from : until}`);
    return {
      between: dueWithin(observed.requests, began.endedMs, ended.beganMs),
      before: observed.requests.filter((request) => request.endMs < began.beganMs),
      downMs: ended.endedMs - began.beganMs,
    };
  },
  judge({ between, before, downMs }) {
    const failed = between.filter((request) => request.failed).length;
    const failedBefore = before.filter((request) => request.failed).length;
    return {
      measured: `${count(failed)} of ${count(between.length)} failed, ${count(failedBefore)} of ${count(before.length)} before; down ${(downMs / 1000).toFixed(1)} s`,
      ...(between.length === 0 || before.length === 0
        ? { holds: null }
        : allHold(atLeast(failed / between.length, 1), atMost(failedBefore, 0))),
      values: { failed, requests: between.length, failedBefore, downMs },
    };
  },
});
