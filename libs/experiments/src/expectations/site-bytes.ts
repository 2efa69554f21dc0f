import { judgeRatio, perArrival } from '../edge-reading.ts';
import { defineExpectation } from '../expectation.ts';
import { AGAINST, bothPhases, RATIO } from '../fields.ts';
import { ratioRange } from '../reading.ts';

/** Bytes the site itself sends for an arrival, ÷ those in another phase; `most` null is any number of times more. */
export const siteBytes = defineExpectation({
  kind: 'site-bytes',
  input: AGAINST.extend({ least: RATIO, most: RATIO.nullable() }),
  phases: bothPhases,
  sentence: ({ phase, than, least, most }) => ({
    about: `bytes that the site itself sends per arrival: ${phase} against ${than}`,
    expected: ratioRange({ least, most }),
  }),
  observe: (observed, input) => perArrival(observed, input, ({ originBytes }) => originBytes),
  judge: (seen, input) => judgeRatio(seen, input, (bytes) => `${(bytes / 1024).toFixed(1)} KiB`),
});
