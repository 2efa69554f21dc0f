import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_OTHER_USER: {
    means: 'Another user, usually root, started the lab of this instance.',
    mend: 'Run the command as that user: `sudo ./lab …`.',
  },
  E_LABD: {
    means: 'labd, which runs the hosts, did not start.',
    mend: 'Read the log that the error names.',
  },
  E_OTHER_VERSION: {
    means: 'The running labd was started from another commit than this command.',
    mend: 'Run `./lab down`, then the command again.',
  },
  E_NO_LABD: {
    means: 'Nothing runs in the instance.',
    mend: 'Start a site (`./lab up STAGE`) or a run (`./lab run STAGE`).',
  },
  E_LABD_GONE: {
    means: 'labd ended, or does not answer any more.',
    mend: 'Run the command again: the next start cleans up what is left. If it happens again, read `.lab/log`.',
  },
  E_REFUSED: {
    means: 'The site refuses the action. The error gives the reason.',
    mend: 'Run `./lab status`: it shows what the site has.',
  },
  E_CANCELLED: {
    means: 'The operation was cancelled, or labd ended before it was done.',
    mend: 'Run `./lab status`, then repeat the command if it is still wanted.',
  },
} as const satisfies Codes;
