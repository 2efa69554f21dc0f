import type { Codes } from '@loadstair/kit';

/** Error codes of this stage, for people. */
export const CODES = {
  E_NO_ANSWER: {
    means: 'The experiment asked the site for an answer to compare, and got none or another status.',
    mend: 'Run `./lab status` and `./lab logs HOST`, and check that every host is up.',
  },
} as const satisfies Codes;
