import { AGAIN_SHARE, LOAD_SHARE } from '@loadstair/resources';
import { percent } from '@loadstair/analysis';
import { z } from 'zod';
import { allHold, atLeast } from '../bound.ts';
import { cacheTable } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE } from '../fields.ts';

/**
 * What the databases do is, for the most part, to read again what the cache has lost: at once after the phase’s actions, or in
 * the phase. The same signs make a verdict name the cache, but for a full database: an experiment may stay below that.
 */
export const cacheAtFault = defineExpectation({
  kind: 'cache-at-fault',
  input: z.strictObject({ phase: PHASE, when: z.enum(['at-once', 'steady']) }),
  phases: onePhase,
  sentence: ({ phase, when }) => ({
    about: `the cache causes the database load: ${phase}${when === 'at-once' ? ', at once' : ''}`,
    expected: `at least ${percent(LOAD_SHARE)} of database time and ${percent(AGAIN_SHARE)} of lookups are for entries that the cache used to have`,
  }),
  observe(observed, { phase, when }) {
    const seen = observed.phases.find(({ name }) => name === phase);
    return (when === 'at-once' ? seen?.atOnce?.cache : seen?.steady?.cache) ?? unseen('the cache had no lookups');
  },
  judge: ({ loadShare, againShare, hitRatio }) => ({
    measured: `${percent(loadShare)} of database time, ${percent(againShare)} of lookups; ${percent(hitRatio)} hits`,
    ...allHold(atLeast(loadShare, LOAD_SHARE), atLeast(againShare, AGAIN_SHARE)),
    values: { loadShare, againShare, hitRatio },
  }),
  table: cacheTable,
});
