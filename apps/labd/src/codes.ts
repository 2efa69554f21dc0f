import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_FORBIDDEN: {
    means: 'labd refused the request: it lacks the key of this labd, or it came from another web page, or it used another host name.',
    mend: 'Open the address with the key that `./lab console` prints.',
  },
  E_NO_CONSOLE: {
    means: 'The console was not built, because this labd was not started by `./lab`.',
    mend: 'Run `./lab console`.',
  },
  E_SITE_SILENT: {
    means: 'labd passed a request to the site, and the site closed the connection or refused it.',
    mend: 'Run `./lab status`: the hosts of the site may be dead or still starting.',
  },
  E_NOT_FOUND: {
    means: 'labd has no such address, or the console has no such page.',
    mend: 'Start from the address that `./lab console` prints.',
  },
  E_RECORDED_ONLY: {
    means: 'The console shows recorded runs, and the request needs a lab that measures.',
    mend: 'Run `./lab console` on Linux, without `--recorded`.',
  },
} as const satisfies Codes;
