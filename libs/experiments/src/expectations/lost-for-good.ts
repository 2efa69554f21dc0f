import { countWrites, recover } from '@loadstair/operations';
import { z } from 'zod';
import { allHold, atLeast, atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { count, resultsOf } from '../reading.ts';

/** The old primary was destroyed with its disk: nothing can be recovered, and what was lost stays so. */
export const lostForGood = defineExpectation({
  kind: 'lost-for-good',
  input: z.strictObject({}),
  sentence: () => ({ about: 'no disk is left to recover from', expected: 'every lost write stays lost' }),
  observe(observed) {
    const recovered = resultsOf(observed, recover)[0];
    const [before, after] = resultsOf(observed, countWrites);
    return recovered === undefined || before === undefined || after === undefined
      ? unseen('no recovery was attempted')
      : { recovered, before, after };
  },
  judge({ recovered, before, after }) {
    const still = new Set(after.missing.map(({ row }) => row));
    const back = before.missing.filter(({ row }) => !still.has(row)).length;
    const gone = recovered.hosts.filter(({ diskGone }) => diskGone === true).map(({ host }) => host);
    return {
      measured: `${gone.length === 0 ? 'a disk was left' : `the disk of ${gone.join(', ')} is gone`}; ${count(still.size)} lost for good, ${count(back)} restored`,
      ...allHold(atLeast(gone.length, 1), atMost(back, 0)),
      values: { lostForGood: still.size, back },
    };
  },
});
