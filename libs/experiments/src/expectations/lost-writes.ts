import { countWrites } from '@loadstair/operations';
import { z } from 'zod';
import { between } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { count, resultsOf } from '../reading.ts';
import { billOf } from '../write-reading.ts';

/** Rows whose writes were acknowledged and that are gone with the host that died; `most` null is any number, and says how many. */
export const lostWrites = defineExpectation({
  kind: 'lost-writes',
  input: z.strictObject({ least: z.int().min(0).optional(), most: z.int().min(0).nullable() }),
  sentence: ({ least = 0, most }) => ({
    about: 'acknowledged writes lost',
    expected: expectedWords(least, most),
  }),
  observe(observed) {
    const counted = resultsOf(observed, countWrites)[0];
    return counted === undefined || counted.promised === 0 ? unseen('no write was acknowledged') : counted;
  },
  judge: ({ promised, missing }, { least = 0, most }) => ({
    measured: `${count(missing.length)} of ${count(promised)} lost`,
    ...between(missing.length, { least, most }),
    details: billOf(missing),
    values: { lost: missing.length, promised },
  }),
});

function expectedWords(least: number, most: number | null): string {
  if (most === 0) return 'none';
  const bounds = [...(least > 0 ? [`at least ${count(least)}`] : []), ...(most === null ? [] : [`at most ${count(most)}`])];
  return bounds.length === 0 ? 'counted and listed' : bounds.join(', ');
}
