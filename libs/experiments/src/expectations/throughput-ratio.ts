import { rate } from '@loadstair/analysis';
import { z } from 'zod';
import { allHold, between } from '../bound.ts';
import { defineExpectation } from '../expectation.ts';
import { PHASE, RATIO } from '../fields.ts';
import { throughputRatio } from '../throughput-reading.ts';

/**
 * Right answers a second in one phase ÷ those in another. The claim holds where the whole 95 % interval of the ratio lies between the two
 * bounds, so that "no difference" (a bound on either side of 1) is a claim that noise cannot make: equivalence by two one-sided tests
 * (Schuirmann 1987, doi 10.1007/BF01068419). `most` null is no upper bound.
 */
export const throughputChanges = defineExpectation({
  kind: 'throughput-ratio',
  input: z.strictObject({ phase: PHASE, than: PHASE, least: RATIO, most: RATIO.nullable() }),
  phases: ({ phase, than }) => [phase, than],
  sentence: ({ phase, than, least, most }) => ({
    about: `right answers a second: ${phase} against ${than}`,
    expected: most === null ? `the 95 % interval above ×${least}` : `the 95 % interval within ×${least} to ×${most}`,
  }),
  observe: (observed, input) => throughputRatio(observed, input),
  judge: ({ own, other, ratio, interval: [low, high] }, { least, most }) => ({
    measured: `${rate(own)}/s against ${rate(other)}/s: ×${ratio.toFixed(2)} (×${low.toFixed(2)} to ×${high.toFixed(2)})`,
    ...allHold(between(low, { least, most: null }), between(high, { least: 0, most })),
    values: { perS: own, otherPerS: other, ratio, ratioLow: low, ratioHigh: high },
  }),
});
