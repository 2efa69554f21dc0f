import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_NO_RECORDED: {
    means: 'The checkout has no recorded runs, or one of their files was changed.',
    mend: 'Run `git checkout -- recorded`.',
  },
  E_NOT_RECORDED: {
    means: 'Nobody recorded a run of what was asked for, and with `--recorded` nothing is measured.',
    mend: 'Skip the step, or leave `--recorded` out on a machine that can measure.',
  },
} as const satisfies Codes;
