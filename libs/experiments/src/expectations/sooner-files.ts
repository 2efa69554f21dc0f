import { milliseconds } from '@loadstair/analysis';
import { z } from 'zod';
import { above } from '../bound.ts';
import { medianFileMs } from '../edge-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases } from '../fields.ts';
import { steadyOf } from '../reading.ts';

/** Files reach the users of a region sooner in one phase than in another, by the median. */
export const soonerFiles = defineExpectation({
  kind: 'sooner-files',
  input: AGAINST.extend({ region: z.string().min(1).max(40) }),
  phases: bothPhases,
  sentence: ({ region, phase, than }) => ({
    about: `latency of files in the ${region}: ${phase} against ${than}`,
    expected: 'a lower median',
  }),
  observe(observed, { region, phase, than }) {
    const [ms, thanMs] = [medianFileMs(steadyOf(observed, phase), region), medianFileMs(steadyOf(observed, than), region)];
    return ms === null || thanMs === null ? unseen('too few files to tell') : { ms, thanMs };
  },
  judge: ({ ms, thanMs }) => ({
    measured: `${milliseconds(ms)} ms against ${milliseconds(thanMs)} ms`,
    ...above(thanMs, ms),
    values: { ms, thanMs },
  }),
});
