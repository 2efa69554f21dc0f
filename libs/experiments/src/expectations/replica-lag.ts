import { z } from 'zod';
import { between } from '../bound.ts';
import { lagIn, lagTable } from '../database-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE } from '../fields.ts';
import { steadyOf } from '../reading.ts';

/** How far the replica that is furthest behind lags in a phase, mean over its steady part; `mostS` null is no upper bound. */
export const replicaLag = defineExpectation({
  kind: 'replica-lag',
  input: z.strictObject({ phase: PHASE, leastS: z.number().min(0), mostS: z.number().min(0).nullable() }),
  phases: onePhase,
  sentence: ({ phase, leastS, mostS }) => ({
    about: `replica lag: ${phase}`,
    expected: mostS === null ? `at least ${leastS} s` : leastS === 0 ? `at most ${mostS} s` : `${leastS} to ${mostS} s`,
  }),
  observe: (observed, { phase }) => lagIn(steadyOf(observed, phase)) ?? unseen('no replica was measured'),
  judge: ({ seconds, bytes }, { leastS, mostS }) => ({
    measured: `${seconds.toFixed(2)} s and ${(bytes / 1024).toFixed(1)} KiB of the primary’s log, mean`,
    ...between(seconds, { least: leastS, most: mostS }),
    values: { seconds, bytes },
  }),
  table: lagTable,
});
