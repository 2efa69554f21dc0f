import type { Codes } from '@loadstair/kit';

/** Error codes of this stage, for people. */
export const CODES = {
  E_NO_ANSWER: {
    means: 'The experiment compares answers of the site. The site did not answer one request, or answered with a status other than 200.',
    mend: 'Run `./lab status` and `./lab logs HOST`, and check that every host is up.',
  },
} as const satisfies Codes;
