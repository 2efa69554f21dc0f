import { milliseconds, percent } from '@loadstair/analysis';
import { z } from 'zod';
import { allHold, atLeast, atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE } from '../fields.ts';
import { steadyOf } from '../reading.ts';

/** The SLO is met in a phase, or missed: latency at its quantile, and the share of failed requests. */
export const slo = defineExpectation({
  kind: 'slo',
  input: z.strictObject({ phase: PHASE, met: z.boolean() }),
  phases: onePhase,
  sentence: ({ phase, met }) => ({ about: `the SLO is ${met ? 'met' : 'missed'}: ${phase}`, expected: met ? 'met' : 'missed' }),
  observe(observed, { phase }) {
    const steady = steadyOf(observed, phase);
    if (steady === null || steady.quantileMs === null || steady.requests === 0) return unseen('nothing was measured in it');
    return { quantileMs: steady.quantileMs, failedShare: steady.failed / steady.requests, slo: observed.slo };
  },
  judge: ({ quantileMs, failedShare, slo: { quantile, latencyMs, errorShare } }, { met }) => ({
    measured: `p${100 * quantile} ${milliseconds(quantileMs)} ms of ${latencyMs} ms allowed, ${percent(failedShare)} of the requests failed`,
    holds: met === (quantileMs <= latencyMs && failedShare <= errorShare),
    bounds: (met
      ? allHold(atMost(quantileMs, latencyMs), atMost(failedShare, errorShare))
      : // Either is enough to miss it.
        atLeast(Math.max(quantileMs / latencyMs, failedShare / errorShare), 1)
    ).bounds,
    values: { quantileMs, latencyMs, failedShare },
  }),
});
