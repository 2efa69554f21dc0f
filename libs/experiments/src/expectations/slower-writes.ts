import { milliseconds } from '@loadstair/analysis';
import { above } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases } from '../fields.ts';
import { LEAST_WRITES, quantileOf, writeLatencies, writesTable } from '../write-reading.ts';

/** A write takes longer in one phase than in another, by the median: what a guarantee costs who writes. */
export const slowerWrites = defineExpectation({
  kind: 'slower-writes',
  input: AGAINST,
  phases: bothPhases,
  sentence: ({ phase, than }) => ({ about: `latency of writes: ${phase} against ${than}`, expected: 'a higher median' }),
  observe(observed, { phase, than }) {
    const [own, other] = [writeLatencies(observed, phase), writeLatencies(observed, than)];
    if (Math.min(own.length, other.length) < LEAST_WRITES) return unseen(`${own.length} and ${other.length} writes: too few to tell`);
    return { ms: quantileOf(own, 0.5), thanMs: quantileOf(other, 0.5) };
  },
  judge: ({ ms, thanMs }) => ({
    measured: `${milliseconds(ms)} ms against ${milliseconds(thanMs)} ms`,
    ...above(ms, thanMs),
    values: { ms, thanMs },
  }),
  table: writesTable,
});
