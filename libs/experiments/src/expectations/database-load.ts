import { between } from '../bound.ts';
import { cacheTable, databaseMs } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases, RATIO } from '../fields.ts';
import { ratioRange, steadyOf } from '../reading.ts';

/** CPU of the databases for an arrival in one phase ÷ that in another. */
export const databaseLoad = defineExpectation({
  kind: 'database-load',
  input: AGAINST.extend({ least: RATIO, most: RATIO }),
  phases: bothPhases,
  sentence: ({ phase, than, least, most }) => ({
    about: `database CPU per arrival: ${phase} against ${than}`,
    expected: ratioRange({ least, most }),
  }),
  observe(observed, { phase, than }) {
    const [own, other] = [databaseMs(steadyOf(observed, phase)), databaseMs(steadyOf(observed, than))];
    return own === null || other === null || other <= 0
      ? unseen('database CPU was not measured in both phases')
      : { own, other, ratio: own / other };
  },
  judge: ({ own, other, ratio }, range) => ({
    measured: `${own.toFixed(2)} ms against ${other.toFixed(2)} ms: ×${ratio.toFixed(2)}`,
    ...between(ratio, range),
    values: { ms: own, otherMs: other, ratio },
  }),
  table: cacheTable,
});
