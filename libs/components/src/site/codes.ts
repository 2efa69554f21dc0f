import type { Codes } from '@loadstair/kit';

/** Error codes of this component, for people. */
export const CODES = {
  E_CONNECTIONS: {
    means: 'The web servers could open more connections than a database accepts. The error shows the sum.',
    mend: 'Start the site with smaller pools, as the error suggests, or with fewer web servers.',
  },
} as const satisfies Codes;
