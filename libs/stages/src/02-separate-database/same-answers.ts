import { allHold, atLeast, defineExpectation, resultsOf, unseen } from '@loadstair/experiments';
import { z } from 'zod';
import { compareAnswers } from './compare-answers.ts';

/** What was asked for at two paths is the same. */
export const sameAnswers = defineExpectation({
  kind: 'same-answers',
  input: z.strictObject({}),
  sentence: () => ({ about: 'both paths give the same answers', expected: 'identical, byte for byte' }),
  observe: (observed) => resultsOf(observed, compareAnswers)[0] ?? unseen('nothing was compared'),
  judge: ({ equal, of }) => ({
    measured: `${equal} of ${of} users`,
    ...allHold(atLeast(of, 1), atLeast(equal, of)),
    values: { equal, of },
  }),
});
