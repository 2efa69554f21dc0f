import { rateWithInterval } from '@loadstair/analysis';
import { between } from '../bound.ts';
import { databasesFullAt } from '../database-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases, RATIO } from '../fields.ts';
import { ratioRange, steadyOf } from '../reading.ts';

/** The load at which the first database host would be full, whichever it is, in one phase ÷ that in another. */
export const databaseCapacity = defineExpectation({
  kind: 'database-capacity',
  input: AGAINST.extend({ least: RATIO, most: RATIO.nullable() }),
  phases: bothPhases,
  sentence: ({ phase, than, least, most }) => ({
    about: `load at which the first database host is full: ${phase} against ${than}`,
    expected: ratioRange({ least, most }),
  }),
  observe(observed, { phase, than }) {
    const [own, other] = [databasesFullAt(steadyOf(observed, phase)), databasesFullAt(steadyOf(observed, than))];
    return own === null || other === null
      ? unseen('database CPU was not measured in both phases')
      : { own, other, ratio: own.load / other.load };
  },
  judge: ({ own, other, ratio }, range) => ({
    measured: `×${ratio.toFixed(2)}: full at ${rateWithInterval(own.load, own.interval)} against ${rateWithInterval(other.load, other.interval)}`,
    ...between(ratio, range),
    values: { ratio, load: own.load, otherLoad: other.load },
  }),
});
