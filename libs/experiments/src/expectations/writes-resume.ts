import { kill } from '@loadstair/operations';
import { z } from 'zod';
import { defineExpectation, unseen } from '../expectation.ts';
import { MS } from '../fields.ts';
import { actionOf, count } from '../reading.ts';

/** From the kill on, so long until a write is answered again. */
export const writesResume = defineExpectation({
  kind: 'writes-resume',
  input: z.strictObject({ withinMs: MS }),
  sentence: ({ withinMs }) => ({ about: 'writes are taken again', expected: `within ${count(withinMs)} ms of the kill` }),
  observe(observed) {
    const killed = actionOf(observed, kill.name);
    if (killed === null) return unseen('there was no kill');
    // What was due before it may have been answered before it.
    const taken = observed.requests.filter((request) => request.write === true && !request.failed && request.dueMs > killed.endedMs);
    if (taken.length === 0) return unseen('no write was taken any more');
    return { withoutMs: Math.min(...taken.map((request) => request.endMs)) - killed.beganMs };
  },
  judge: ({ withoutMs }, { withinMs }) => ({
    measured: `the first one after ${count(Math.round(withoutMs))} ms`,
    holds: withoutMs <= withinMs,
    values: { withoutMs },
  }),
});
