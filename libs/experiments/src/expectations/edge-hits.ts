import { percent } from '@loadstair/analysis';
import { z } from 'zod';
import { between } from '../bound.ts';
import { edgeHitRatio, edgeLines, edgeTable } from '../edge-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE, SHARE } from '../fields.ts';
import { shareRange, steadyOf } from '../reading.ts';

/** Of the files that users fetched at edges, these had so many, shares. */
export const edgeHits = defineExpectation({
  kind: 'edge-hits',
  input: z.strictObject({ phase: PHASE, least: SHARE, most: SHARE }),
  phases: onePhase,
  sentence: ({ phase, least, most }) => ({
    about: `hit ratio of the edges: ${phase}`,
    expected: shareRange({ least, most }),
  }),
  observe(observed, { phase }) {
    const steady = steadyOf(observed, phase);
    const ratio = edgeHitRatio(steady);
    return ratio === null ? unseen('too few requests reached the edges') : { ratio, details: edgeLines(steady) };
  },
  judge: ({ ratio, details }, range) => ({
    measured: `${percent(ratio)} hits`,
    ...between(ratio, range, { ceiling: 1 }),
    details,
    values: { hitRatio: ratio },
  }),
  table: edgeTable,
});
