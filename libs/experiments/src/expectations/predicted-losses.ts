import { countWrites, lagWords, predictLosses } from '@loadstair/operations';
import { z } from 'zod';
import { allHold, atLeast, atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { RATIO } from '../fields.ts';
import { count, resultsOf } from '../reading.ts';

/** What was said before the death (lag × acknowledged writes a second) against what was then counted, within a factor both ways. */
export const predictedLosses = defineExpectation({
  kind: 'predicted-losses',
  input: z.strictObject({ factor: RATIO.min(1) }),
  sentence: ({ factor }) => ({
    about: 'lost acknowledged writes, predicted from the lag just before the loss',
    expected: `a count within a factor of ${factor} of the prediction`,
  }),
  observe(observed) {
    const predicted = resultsOf(observed, predictLosses)[0];
    const counted = resultsOf(observed, countWrites)[0];
    if (predicted === undefined || predicted.lost === null) return unseen('the lag of no replica is known');
    if (counted === undefined) return unseen('writes were not counted');
    return { ...predicted, predictedLost: predicted.lost, lost: counted.missing.length };
  },
  judge({ replicas, writesPerS, predictedLost, lost }, { factor }) {
    const lags = replicas.flatMap(({ behindS }) => behindS ?? []);
    return {
      measured: `${count(Number(predictedLost.toFixed(predictedLost < 10 ? 1 : 0)))} predicted, ${count(lost)} lost`,
      ...allHold(atLeast(lost, predictedLost / factor), atMost(lost, predictedLost * factor)),
      details: [
        ...replicas.map(({ host, ...lag }) => `${host} was ${lagWords(lag)} behind`),
        `${writesPerS.toFixed(1)} acknowledged writes/s`,
      ],
      values: { predicted: predictedLost, lost, lagS: lags.length === 0 ? null : Math.min(...lags), writesPerS },
    };
  },
});
