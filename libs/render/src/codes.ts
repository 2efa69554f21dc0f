import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_NOT_IN_CONTAINERS: {
    means:
      'This stage cannot be rendered for containers: its names are answered by place and health, which only the name server of the lab does.',
    mend: 'Use an earlier stage for containers, or run this one with `./lab up STAGE`.',
  },
} as const satisfies Codes;
