import { z } from 'zod';
import { defineExpectation, unseen } from '../expectation.ts';
import { ACTION } from '../fields.ts';
import { actionOf } from '../reading.ts';

/** The lab refuses an action, and says why. */
export const refuses = defineExpectation({
  kind: 'refuses',
  input: z.strictObject({ action: ACTION }),
  sentence: () => ({ about: 'the next doubling is refused', expected: 'an error that states the allowed range' }),
  observe(observed, { action }) {
    if (actionOf(observed, action) === null) return unseen('it was not attempted');
    const results = observed.actions.filter((done) => done.action.do === action).map(({ result }) => result);
    return { refusal: results.find((result) => result.kind === 'refused') ?? null };
  },
  judge({ refusal }) {
    if (refusal === null) return { measured: 'it was accepted', holds: false };
    return { measured: refusal.what, holds: refusal.why !== '', details: [refusal.why] };
  },
});
