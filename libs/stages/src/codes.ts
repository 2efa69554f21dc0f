import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_UNKNOWN_STAGE: {
    means: 'There is no stage with that number.',
    mend: 'Run `./lab stages`: it lists them.',
  },
  E_UNKNOWN_EXPERIMENT: {
    means: 'There is no experiment of that name.',
    mend: 'Run `./lab experiments`: it lists them by stage.',
  },
  E_UNKNOWN_INJECTION: {
    means: 'There is no injected cause of that name.',
    mend: 'Run `./lab verify --injected --list`.',
  },
  E_GAMEDAY_CODE: {
    means: 'The text is not a gameday code.',
    mend: 'Use 3 to 12 letters and digits.',
  },
  E_GAMEDAY_LEVEL: {
    means: 'The stage has no broken site of that level.',
    mend: 'Use a level from 1 to 3, and a stage that `./lab stages` lists.',
  },
  E_PRICES: {
    means: 'The price table `libs/stages/prices.json` cannot be used. The error names the field.',
    mend: 'Correct the field; all prices are numbers, 0 or more.',
  },
} as const satisfies Codes;
