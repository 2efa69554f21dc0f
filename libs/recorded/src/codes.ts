import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_NO_RECORDED: {
    means: 'The checkout has no recorded runs, or one of their files was changed.',
    mend: 'Run `git checkout -- recorded`.',
  },
  E_NOT_RECORDED: {
    means: 'No run of this was recorded, and with `--recorded` nothing is measured.',
    mend: 'Skip the step, or leave `--recorded` out on a machine that can measure.',
  },
  E_TWO_MACHINES: {
    means: 'The stored runs that would be recorded were made on different machines, so nobody could compare them.',
    mend: 'Remove those of the other machine (`./lab rm RUN`), or run them again here.',
  },
} as const satisfies Codes;
