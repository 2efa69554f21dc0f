import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { ACTION, MS } from '../fields.ts';
import { actionOf, count, words } from '../reading.ts';

/**
 * From one action until another, no request gets a right answer: a single point of failure is gone. Requests may fail in this time, or wait
 * for a host that says nothing; answers that were on their way when it went may arrive for `underWayMs`.
 */
export const nothingAnswered = defineExpectation({
  kind: 'nothing-answered',
  input: z.strictObject({ from: ACTION, until: ACTION, underWayMs: MS }),
  sentence: ({ from, until, underWayMs }) => ({
    about: `no request is answered from the ${words(from)} until the ${words(until)}`,
    expected: `0 correct answers later than ${count(underWayMs)} ms after the ${words(from)}`,
  }),
  observe({ requests, ...observed }, { from, until, underWayMs }) {
    const [began, ended] = [actionOf({ ...observed, requests }, from), actionOf({ ...observed, requests }, until)];
    if (began === null || ended === null) return unseen(`there was no ${words(began === null ? from : until)}`);
    const [startMs, endMs] = [began.endedMs + underWayMs, ended.beganMs];
    const due = requests.filter(({ dueMs }) => dueMs >= began.endedMs && dueMs < endMs);
    if (due.length === 0 || endMs <= startMs) return unseen('no request was due in this time');
    return {
      right: requests.filter((request) => !request.failed && request.endMs > startMs && request.endMs < endMs).length,
      due: due.length,
      failed: due.filter((request) => request.failed && request.endMs < endMs).length,
      waiting: due.filter((request) => request.endMs >= endMs).length,
      seconds: (endMs - began.endedMs) / 1000,
    };
  },
  judge: ({ right, due, failed, waiting, seconds }, { until }) => ({
    measured: `${count(right)} correct answers in ${seconds.toFixed(1)} s; of ${count(due)} requests, ${count(failed)} failed and ${count(waiting)} were still waiting at the ${words(until)}`,
    ...atMost(right, 0),
    values: { right, requests: due, failed, waiting, seconds },
  }),
});
