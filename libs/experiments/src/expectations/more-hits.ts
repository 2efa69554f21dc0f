import { percent } from '@loadstair/analysis';
import { above } from '../bound.ts';
import { cacheIn, cacheTable } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases } from '../fields.ts';

/** The cache answers a higher share in one phase than in another. */
export const moreHits = defineExpectation({
  kind: 'more-hits',
  input: AGAINST,
  phases: bothPhases,
  sentence: ({ phase, than }) => ({ about: `more hits: ${phase} against ${than}`, expected: 'a higher share of lookups' }),
  observe(observed, { phase, than }) {
    const [own, other] = [cacheIn(observed, phase), cacheIn(observed, than)];
    return own === null || other === null ? unseen('the cache was asked too little') : { own, other };
  },
  judge: ({ own, other }) => ({
    measured: `${percent(own.hitRatio)} against ${percent(other.hitRatio)}`,
    ...above(own.hitRatio, other.hitRatio),
    values: { hitRatio: own.hitRatio, otherHitRatio: other.hitRatio },
  }),
  table: cacheTable,
});
