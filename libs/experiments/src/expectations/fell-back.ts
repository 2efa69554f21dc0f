import { percent } from '@loadstair/analysis';
import { z } from 'zod';
import { atLeast } from '../bound.ts';
import { filesOf, LEAST_FILES } from '../edge-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE, SHARE } from '../fields.ts';
import { count, steadyOf } from '../reading.ts';

/** Users whose edge is dead fetch their files from the site. */
export const fellBack = defineExpectation({
  kind: 'fell-back',
  input: z.strictObject({ phase: PHASE, least: SHARE }),
  phases: onePhase,
  sentence: ({ phase, least }) => ({
    about: `users of the dead edge fetch files from the site: ${phase}`,
    expected: `at least ${percent(least)} of all files`,
  }),
  observe(observed, { phase }) {
    const files = filesOf(steadyOf(observed, phase));
    const all = files.hit + files.miss + files.fallback;
    return all < LEAST_FILES ? unseen('too few files to tell') : { fallbacks: files.fallback, all };
  },
  judge: ({ fallbacks, all }, { least }) => ({
    measured: `${count(fallbacks)} of ${count(all)} files`,
    ...atLeast(fallbacks / all, least),
    values: { fallbacks, files: all, share: fallbacks / all },
  }),
});
