import { percent } from '@loadstair/analysis';
import { above } from '../bound.ts';
import { cacheIn, cacheTable } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases } from '../fields.ts';

/** Of so many lookups in three seconds a share is known to some 8 points: enough for what a restart loses. */
const LEAST_AT_ONCE = 40;

/** In the first seconds after a phase's last action the cache answers a lower share than in another phase. */
export const fewerHitsAtOnce = defineExpectation({
  kind: 'fewer-hits-at-once',
  input: AGAINST,
  phases: bothPhases,
  sentence: ({ phase, than }) => ({ about: `hit ratio right after the change: ${phase} against ${than}`, expected: 'a lower hit ratio' }),
  observe(observed, { phase, than }) {
    const atOnce = observed.phases.find(({ name }) => name === phase)?.atOnce?.cache ?? null;
    const other = cacheIn(observed, than);
    return atOnce === null || atOnce.lookups < LEAST_AT_ONCE || other === null ? unseen('too few lookups') : { atOnce, other };
  },
  judge: ({ atOnce, other }) => ({
    measured: `${percent(atOnce.hitRatio)} against ${percent(other.hitRatio)}`,
    ...above(other.hitRatio, atOnce.hitRatio),
    values: { hitRatio: atOnce.hitRatio, otherHitRatio: other.hitRatio },
  }),
  table: cacheTable,
});
