import { percent } from '@loadstair/analysis';
import { z } from 'zod';
import { between } from '../bound.ts';
import { cacheIn, cacheTable } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE, SHARE } from '../fields.ts';
import { shareRange } from '../reading.ts';

/** Share of lookups that the cache answered in a phase. */
export const hitRatio = defineExpectation({
  kind: 'hit-ratio',
  input: z.strictObject({ phase: PHASE, least: SHARE, most: SHARE }),
  phases: onePhase,
  sentence: ({ phase, least, most }) => ({
    about: `hit ratio of the cache: ${phase}`,
    expected: shareRange({ least, most }),
  }),
  observe: (observed, { phase }) => cacheIn(observed, phase) ?? unseen('too few lookups'),
  judge: (cache, range) => ({
    measured: `${percent(cache.hitRatio)} hits`,
    ...between(cache.hitRatio, range, { ceiling: 1 }),
    values: { hitRatio: cache.hitRatio },
  }),
  table: cacheTable,
});
