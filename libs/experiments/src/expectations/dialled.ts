import { dial } from '@loadstair/operations';
import { z } from 'zod';
import { atLeast } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { performedOf } from '../reading.ts';

/** Whether a client that dialled public or private addresses got an answer. */
export const dialled = defineExpectation({
  kind: 'dialled',
  input: z.strictObject({ to: z.enum(['private', 'public']), answer: z.enum(['refused', 'connected']) }),
  sentence: ({ to, answer }) => ({
    about: to === 'public' ? 'a client reaches the public address' : 'a client cannot reach private addresses',
    expected: answer === 'refused' ? 'the connection is refused' : 'the connection is accepted and answered',
  }),
  observe(observed, { to }) {
    const dials = performedOf(observed, dial).flatMap(({ input, result }) =>
      (input.to === 'public') === (to === 'public') ? result.dials : [],
    );
    return dials.length === 0 ? unseen('no connection was attempted') : dials;
  },
  judge(dials, { answer }) {
    const right = dials.filter((dial) => dial.answer === answer).length;
    return {
      measured: `${right} of ${dials.length} ${answer}`,
      ...atLeast(right, dials.length),
      details: dials.map((dial) => `${dial.host} at ${dial.address}: ${dial.answer}`),
      values: { right, of: dials.length },
    };
  },
});
