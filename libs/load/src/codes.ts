import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_K6_ENV: {
    means: 'A variable such as `K6_VUS` is set in the environment. k6 would use it instead of the steps of the profile, without a warning.',
    mend: '`unset` the variable that the error names. Use `--scale` or `--profile` to change the load.',
  },
  E_K6: {
    means: 'The load generator ended with an error. The message gives the last lines that it printed.',
    mend: 'Read the log that the error names, then run the command again.',
  },
  E_UNKNOWN_PROFILE: {
    means: 'There is no stored load profile of that name.',
    mend: 'Run `./lab profiles`: it lists all, with what each is for.',
  },
  E_PROFILE_FILE: {
    means: 'The file is no load profile. The error names the field, what was found there, and what is allowed.',
    mend: 'Change that field, or begin with a file that is right: `./lab profiles new FILE`.',
  },
  E_PROFILE_NAME: {
    means: 'A stored profile already has this name. The name of the file is the name of your profile.',
    mend: 'Rename the file.',
  },
  E_SLO: {
    means: '`--slo` cannot be read. An SLO is a latency at a quantile, and a share of failed requests.',
    mend: 'Write it like `--slo p95=250,errors=1%`.',
  },
} as const satisfies Codes;
