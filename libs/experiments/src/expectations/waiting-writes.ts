import { percent } from '@loadstair/analysis';
import { z } from 'zod';
import { atLeast } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { MS, onePhase, PHASE, SHARE } from '../fields.ts';
import { count, steadyOf } from '../reading.ts';
import { LEAST_WRITES } from '../write-reading.ts';

/** Of the writes that are due in a phase, so many wait at least so long for their answer, or get none. */
export const waitingWrites = defineExpectation({
  kind: 'waiting-writes',
  input: z.strictObject({ phase: PHASE, waitMs: MS, least: SHARE }),
  phases: onePhase,
  sentence: ({ phase, waitMs, least }) => ({
    about: `writes wait: ${phase}`,
    expected: `at least ${percent(least)} of writes wait ${count(waitMs)} ms or longer, or fail`,
  }),
  observe(observed, { phase, waitMs }) {
    const steady = steadyOf(observed, phase);
    const due = observed.requests.filter(
      ({ write, dueMs }) => write === true && steady !== null && dueMs >= steady.startMs && dueMs < steady.endMs,
    );
    if (due.length < LEAST_WRITES) return unseen(`${count(due.length)} writes: too few to tell`);
    const failed = due.filter((request) => request.failed).length;
    const waited = due.filter((request) => !request.failed && request.endMs - request.dueMs >= waitMs).length;
    return { writes: due.length, failed, waited };
  },
  judge: ({ writes, failed, waited }, { waitMs, least }) => ({
    measured: `of ${count(writes)} writes, ${count(waited)} waited ${count(waitMs)} ms or longer, ${count(failed)} failed`,
    ...atLeast((failed + waited) / writes, least),
    values: { share: (failed + waited) / writes, writes, failed, waited },
  }),
});
