import { z } from 'zod';
import { between } from '../bound.ts';
import { cacheTable, staleShare } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE } from '../fields.ts';
import { count, steadyOf } from '../reading.ts';

/** Answers without what their reader had just written; `most` null is any number. */
export const staleReads = defineExpectation({
  kind: 'stale-reads',
  input: z.strictObject({ phase: PHASE, least: z.int().min(0), most: z.int().min(0).nullable() }),
  phases: onePhase,
  sentence: ({ phase, least, most }) => ({
    about: `stale answers, without the reader’s own last write: ${phase}`,
    expected: most === null ? `at least ${count(least)}` : most === 0 ? 'none' : `${count(least)} to ${count(most)}`,
  }),
  observe(observed, { phase }) {
    const steady = steadyOf(observed, phase);
    if (steady?.stale === undefined) return unseen('the phase was not measured');
    return { stale: steady.stale, requests: steady.requests, share: staleShare(steady) };
  },
  judge: ({ stale, requests, share }, range) => ({
    measured: `${count(stale)} of ${count(requests)} answers`,
    ...between(stale, range),
    values: { stale, requests, share },
  }),
  table: cacheTable,
});
