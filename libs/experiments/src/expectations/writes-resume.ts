import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { ACTION, MS } from '../fields.ts';
import { actionOf, count, words } from '../reading.ts';

/** From an action on, so long until a write is answered again. */
export const writesResume = defineExpectation({
  kind: 'writes-resume',
  input: z.strictObject({ after: ACTION, withinMs: MS }),
  sentence: ({ after, withinMs }) => ({
    about: 'writes are accepted again',
    expected: `within ${count(withinMs)} ms of the ${words(after)}`,
  }),
  observe(observed, { after }) {
    const done = actionOf(observed, after);
    if (done === null) return unseen(`there was no ${words(after)}`);
    // What was due before it may have been answered before it.
    const taken = observed.requests.filter((request) => request.write === true && !request.failed && request.dueMs > done.endedMs);
    if (taken.length === 0) return unseen('no write was accepted again');
    return { withoutMs: Math.min(...taken.map((request) => request.endMs)) - done.beganMs };
  },
  judge: ({ withoutMs }, { withinMs }) => ({
    measured: `first accepted write after ${count(Math.round(withoutMs))} ms`,
    ...atMost(withoutMs, withinMs),
    values: { withoutMs },
  }),
});
