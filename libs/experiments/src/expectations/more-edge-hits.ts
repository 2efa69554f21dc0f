import { percent } from '@loadstair/analysis';
import { above } from '../bound.ts';
import { edgeHitRatio, edgeTable } from '../edge-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases } from '../fields.ts';
import { steadyOf } from '../reading.ts';

/** Edges have a higher share of the files in one phase than in another. */
export const moreEdgeHits = defineExpectation({
  kind: 'more-edge-hits',
  input: AGAINST,
  phases: bothPhases,
  sentence: ({ phase, than }) => ({ about: `hit ratio of the edges: ${phase} against ${than}`, expected: 'a higher hit ratio' }),
  observe(observed, { phase, than }) {
    const [own, other] = [edgeHitRatio(steadyOf(observed, phase)), edgeHitRatio(steadyOf(observed, than))];
    return own === null || other === null ? unseen('too few requests reached the edges') : { own, other };
  },
  judge: ({ own, other }) => ({
    measured: `${percent(own)} against ${percent(other)}`,
    ...above(own, other),
    values: { hitRatio: own, otherHitRatio: other },
  }),
  table: edgeTable,
});
