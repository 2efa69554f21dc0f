import { percent } from '@loadstair/analysis';
import { above } from '../bound.ts';
import { cacheTable, staleShare } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases } from '../fields.ts';
import { steadyOf } from '../reading.ts';

/** A higher share of the answers is stale in one phase than in another. */
export const moreStale = defineExpectation({
  kind: 'more-stale',
  input: AGAINST,
  phases: bothPhases,
  sentence: ({ phase, than }) => ({ about: `stale answers: ${phase} against ${than}`, expected: 'a higher share' }),
  observe(observed, { phase, than }) {
    const [own, other] = [staleShare(steadyOf(observed, phase)), staleShare(steadyOf(observed, than))];
    return own === null || other === null ? unseen('stale answers were not counted in both phases') : { own, other };
  },
  judge: ({ own, other }) => ({
    measured: `${percent(own)} against ${percent(other)} of all answers`,
    ...above(own, other),
    values: { share: own, otherShare: other },
  }),
  table: cacheTable,
});
