import { brokenSites } from '../broken-site.ts';
import { injections } from './injections.ts';

/** What people search for in this site (`./lab gameday`). */
export const broken = brokenSites(injections, [
  { level: 1, cause: 'replica-cpu', sign: 'Each replica uses all of its CPU, and the primary has room.' },
  { level: 2, cause: 'primary-lock', sign: 'Writes wait for a lock on one row of the primary while every CPU has room.' },
  {
    level: 3,
    cause: 'replay-delay',
    sign: 'The web servers use all of their CPU; the replicas’ lag of two seconds is easy to see, and harmless.',
  },
]);
