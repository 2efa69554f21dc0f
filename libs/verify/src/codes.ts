import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_BAD_KILLS: {
    means: 'The stored rounds of `./lab verify --kills` cannot be read.',
    mend: 'Remove the file that the error names (the rounds of this seed then start again), or use another `--seed`.',
  },
} as const satisfies Codes;
