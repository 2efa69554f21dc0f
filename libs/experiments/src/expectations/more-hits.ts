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
  sentence: ({ phase, than }) => ({ about: `hit ratio of the cache: ${phase} against ${than}`, expected: 'a higher hit ratio' }),
  observe(observed, { phase, than }) {
    const [own, other] = [cacheIn(observed, phase), cacheIn(observed, than)];
    return own === null || other === null ? unseen('too few lookups') : { own, other };
  },
  judge: ({ own, other }) => ({
    measured: `${percent(own.hitRatio)} against ${percent(other.hitRatio)}`,
    ...above(own.hitRatio, other.hitRatio),
    values: { hitRatio: own.hitRatio, otherHitRatio: other.hitRatio },
  }),
  table: cacheTable,
});
