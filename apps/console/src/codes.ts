import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_CONSOLE: {
    means: 'The page failed. The error gives what the browser said.',
    mend: 'Reload the page. If it happens again, report it.',
  },
  E_BROKEN_RUN: {
    means: 'The run did not end, so nothing was judged.',
    mend: 'Start it again with the command that the page shows.',
  },
} as const satisfies Codes;
