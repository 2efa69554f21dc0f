import { percent } from '@loadstair/analysis';
import { above } from '../bound.ts';
import { cacheIn, cacheTable } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases, SHARE } from '../fields.ts';

/** The cache answers a higher share in one phase than in another. */
export const moreHits = defineExpectation({
  kind: 'more-hits',
  /** `slack` is how much lower the share may be where the difference is small and lookups are few. */
  input: AGAINST.extend({ slack: SHARE.optional() }),
  phases: bothPhases,
  sentence: ({ phase, than, slack = 0 }) => ({
    about: `more hits: ${phase} against ${than}`,
    expected: slack === 0 ? 'a higher share of lookups' : `a higher share of lookups, or not more than ${percent(slack)} of them fewer`,
  }),
  observe(observed, { phase, than }) {
    const [own, other] = [cacheIn(observed, phase), cacheIn(observed, than)];
    return own === null || other === null ? unseen('the cache was asked too little') : { own, other };
  },
  judge: ({ own, other }, { slack = 0 }) => ({
    measured: `${percent(own.hitRatio)} against ${percent(other.hitRatio)}`,
    ...above(own.hitRatio, other.hitRatio - slack),
    values: { hitRatio: own.hitRatio, otherHitRatio: other.hitRatio },
  }),
  table: cacheTable,
});
