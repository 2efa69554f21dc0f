import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_CONSOLE: {
    means: 'The page failed. The error gives the message of the browser.',
    mend: 'Reload the page. If it happens again, report it.',
  },
  E_NO_SERVER: {
    means: 'The page belongs to a copy of the console that `./lab site` wrote. It has no server, so nothing can be started or changed.',
    mend: 'Run `./lab console --recorded`: it shows the same runs with a server.',
  },
  E_NOT_COPIED: {
    means: 'A copy of the console without a server does not contain the answer to what the page reads.',
    mend: 'Go back, or run `./lab console --recorded`.',
  },
  E_BROKEN_RUN: {
    means: 'The run did not end, so nothing was judged.',
    mend: 'Start it again with the command that the page shows.',
  },
} as const satisfies Codes;
