import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_SETTING: {
    means: 'A `--set` cannot be applied: the tier or key is unknown, or the value is out of range. The error gives what is allowed.',
    mend: 'Run `./lab settings STAGE`: it lists every key with its range and meaning.',
  },
  E_NO_ADDRESS: {
    means: 'The instance has no address left for another host or another place.',
    mend: 'Remove hosts with `./lab scale TIER 1`, or wait as long as the error says: an address is reused some time after its host has gone.',
  },
  E_NO_GROUP: {
    means: 'The site has no database group of that name, or no database at all.',
    mend: 'Run `./lab status`: it shows which hosts are databases.',
  },
} as const satisfies Codes;
