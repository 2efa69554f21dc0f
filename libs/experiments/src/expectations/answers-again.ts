import { milliseconds } from '@loadstair/analysis';
import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE } from '../fields.ts';
import { count, steadyOf } from '../reading.ts';

/** Nothing fails once the phase's actions have had their effect; how fast it is, is stated. */
export const answersAgain = defineExpectation({
  kind: 'answers-again',
  input: z.strictObject({ phase: PHASE }),
  phases: onePhase,
  sentence: ({ phase }) => ({ about: `all requests are answered again: ${phase}`, expected: '0 failed' }),
  observe(observed, { phase }) {
    const steady = steadyOf(observed, phase);
    if (steady === null || steady.requests === 0) return unseen('the phase was not measured');
    return { steady, quantile: observed.slo.quantile };
  },
  judge({ steady: { failed, requests, quantileMs }, quantile }) {
    const speed = quantileMs === null ? '' : `; p${quantile * 100} ${milliseconds(quantileMs)} ms`;
    return {
      measured: `${count(failed)} of ${count(requests)} requests failed${speed}`,
      ...atMost(failed, 0),
      values: { quantileMs, failed, requests },
    };
  },
});
