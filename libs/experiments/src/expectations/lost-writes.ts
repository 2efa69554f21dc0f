import { countWrites } from '@loadstair/operations';
import { z } from 'zod';
import { between } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { count, resultsOf } from '../reading.ts';
import { billOf } from '../write-reading.ts';

/** Rows that were promised and are gone with the primary; `most` null is any number, and says how many. */
export const lostWrites = defineExpectation({
  kind: 'lost-writes',
  input: z.strictObject({ most: z.int().min(0).nullable() }),
  sentence: ({ most }) => ({
    about: 'acknowledged writes lost with the primary',
    expected: most === null ? 'counted and listed' : most === 0 ? 'none' : `at most ${count(most)}`,
  }),
  observe(observed) {
    const counted = resultsOf(observed, countWrites)[0];
    return counted === undefined || counted.promised === 0 ? unseen('no write was acknowledged') : counted;
  },
  judge: ({ promised, missing }, { most }) => ({
    measured: `${count(missing.length)} of ${count(promised)} lost`,
    ...between(missing.length, { least: 0, most }),
    details: billOf(missing),
    values: { lost: missing.length, promised },
  }),
});
